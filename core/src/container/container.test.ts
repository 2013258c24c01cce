import { expect } from 'chai';
import { isIsthmusError, type IsthmusError } from '../errors/index.js';
import { Container, inject, injectable, token } from './index.js';

const GREETING = token<string>('greeting');
const POLITE = token<{ say(): string }>('polite');
const MISSING = token<string>('missing');

function failure(act: () => unknown): IsthmusError {
  try {
    act();
  } catch (thrown) {
    if (isIsthmusError(thrown)) return thrown;
  }
  throw new TypeError('expected an error of the product');
}

describe('The container', () => {
  it('hands out what plugins register, with their dependencies filled in', () => {
    @injectable()
    class Polite {
      constructor(@inject(GREETING) private readonly greeting: string) {}
      say() {
        return `${this.greeting}!`;
      }
    }
    const root = Container.root();
    root.register(GREETING, { useValue: 'hello' }, 'a');
    root.register(POLITE, { useClass: Polite }, 'b');
    expect(root.resolve(POLITE).say()).to.equal('hello!');
    expect(root.resolve(POLITE)).to.equal(root.resolve(POLITE));
  });

  it('names plugin, token and chain when something is missing', () => {
    @injectable()
    class Needy {
      constructor(@inject(MISSING) readonly value: string) {}
      say() {
        return this.value;
      }
    }
    const root = Container.root();
    root.register(POLITE, { useClass: Needy }, '@acme/plugin-polite');
    root.register(GREETING, { useFactory: (container) => container.resolve(POLITE).say() }, '@acme/plugin-greeting');
    const error = failure(() => root.resolve(GREETING));
    expect(error.code).to.equal('CONTAINER_UNRESOLVED');
    expect(error.message).to.equal(
      "Nothing provides 'missing' (asked for by the application → greeting of @acme/plugin-greeting → polite of @acme/plugin-polite).",
    );
    expect(error.place.plugin).to.equal('@acme/plugin-polite');
  });

  it('says whose factory failed', () => {
    const root = Container.root();
    root.register(GREETING, { useFactory: () => JSON.parse('{') as string }, '@acme/broken');
    const error = failure(() => root.resolve(GREETING));
    expect([error.code, error.place.plugin]).to.deep.equal(['CONTAINER_FACTORY_FAILED', '@acme/broken']);
  });

  it('keeps what belongs to a run apart from the next run', () => {
    const root = Container.root();
    let made = 0;
    const COUNTER = token<number>('counter');
    root.register(COUNTER, { useFactory: () => ++made, scope: 'run' }, 'a');
    const [first, second] = [root.child(), root.child()];
    expect([first.resolve(COUNTER), first.resolve(COUNTER), second.resolve(COUNTER)]).to.deep.equal([1, 1, 2]);
  });

  it('collects what several plugins register under one token', () => {
    const root = Container.root();
    expect(root.resolveAll(GREETING)).to.deep.equal([]);
    root.register(GREETING, { useValue: 'hello' }, 'a');
    root.register(GREETING, { useValue: 'good day' }, 'b');
    expect(root.resolveAll(GREETING)).to.deep.equal(['hello', 'good day']);
  });
});
