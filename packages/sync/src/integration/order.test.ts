import { expect } from 'chai';
import { entityMapOf, From, IntegrationKey, LookupByCrossReference, LookupByKey, MapEntity } from '@isthmus/core';
import { circlesAmong, orderTasks } from './order.js';

const declaration = (task: string) => ({ task, title: task, source: task, sourceId: 'id', destination: task });

@MapEntity(declaration('contracts'))
class Contracts {
  @From('number') @IntegrationKey() Id!: string;
}

@MapEntity(declaration('projects'))
class Projects {
  @From('number') @IntegrationKey() Id!: string;
  @From('contract.number') @LookupByKey('contracts') Contract!: string;
}

@MapEntity(declaration('tasks'))
class Tasks {
  @From('id') @IntegrationKey() Id!: string;
  @From('project.number') @LookupByKey('projects') Project!: string;
  @LookupByCrossReference('tasks', '_parent_value') Parent!: string;
}

@MapEntity(declaration('chicken'))
class Chicken {
  @From('id') @IntegrationKey() Id!: string;
  @From('egg') @LookupByKey('egg') Egg!: string;
}

@MapEntity(declaration('egg'))
class Egg {
  @From('id') @IntegrationKey() Id!: string;
  @From('chicken') @LookupByKey('chicken') Chicken!: string;
}

const order = (...classes: (new () => object)[]): string[] =>
  orderTasks(classes.map(entityMapOf)).map(({ task }) => task);

describe('The run order', () => {
  it('follows from the lookups, however the template lists its tasks', () => {
    expect(order(Tasks, Projects, Contracts)).to.deep.equal(['contracts', 'projects', 'tasks']);
    expect(order(Projects, Tasks, Contracts)).to.deep.equal(['contracts', 'projects', 'tasks']);
  });

  it('lets a task refer to itself, and to tasks of other templates', () => {
    expect(order(Tasks)).to.deep.equal(['tasks']);
  });

  it('begins a circle somewhere, and says which tasks are in one', () => {
    expect(order(Chicken, Egg)).to.deep.equal(['egg', 'chicken']);
    const circles = circlesAmong([Contracts, Tasks, Chicken, Egg].map(entityMapOf));
    expect(circles.map((circle) => circle.map(({ task }) => task))).to.deep.equal([['tasks'], ['chicken', 'egg']]);
  });
});
