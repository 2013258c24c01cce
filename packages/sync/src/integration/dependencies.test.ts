import { entityMapOf, From, IntegrationKey, LookupByKey, MapEntity } from '@isthmus/core';
import { expect } from 'chai';
import { dependenciesOf, inRunOrder, type Dependent } from './dependencies.js';

const declaration = (task: string) => ({ task, title: task, source: task, sourceId: 'id', destination: task });

@MapEntity(declaration('projects'))
class Projects {
  @From('number') @IntegrationKey() Id!: string;
}

@MapEntity(declaration('tasks'))
class Tasks {
  @From('id') @IntegrationKey() Id!: string;
  @From('project.number') @LookupByKey('projects') Project!: string;
}

@MapEntity(declaration('categories'))
class Categories {
  @From('id') @IntegrationKey() Id!: string;
}

const integration = (
  name: string,
  mapping: new () => object,
  { follows = [], connectionSet = 'main' }: { follows?: string[]; connectionSet?: string } = {},
): Dependent => ({ template: { name, follows }, tasks: [entityMapOf(mapping)], connectionSet });

const namesOf = (all: readonly Dependent[]): string[] => all.map(({ template }) => template.name);

describe('The order of integrations', () => {
  const projects = integration('projects', Projects);
  const tasks = integration('tasks', Tasks, { follows: ['categories'] });
  const categories = integration('categories', Categories);

  it('follows from their lookups and from what their templates say they follow, however the rc file lists them', () => {
    expect(namesOf(inRunOrder([tasks, categories, projects]))).to.deep.equal(['projects', 'categories', 'tasks']);
    expect(namesOf(inRunOrder([categories, projects, tasks]))).to.deep.equal(['categories', 'projects', 'tasks']);
  });

  it('tells why: the tasks whose rows are referred to, or none where a template only follows', () => {
    const reasons = dependenciesOf(tasks, [tasks, categories, projects]).map(({ on, tasks: names }) => [
      on.template.name,
      names,
    ]);
    expect(reasons).to.deep.equal([
      ['projects', ['projects']],
      ['categories', []],
    ]);
  });

  it('leaves other connection sets out of it', () => {
    const elsewhere = integration('projects', Projects, { connectionSet: 'other' });
    expect(dependenciesOf(tasks, [tasks, elsewhere])).to.deep.equal([]);
  });

  it('runs what depends on each other as it was given', () => {
    const there = integration('there', Categories, { follows: ['back'] });
    const back = integration('back', Categories, { follows: ['there'] });
    expect(namesOf(inRunOrder([back, there])))
      .to.have.members(['there', 'back'])
      .and.to.have.length(2);
  });
});
