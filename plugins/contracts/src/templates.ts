import { Template, type TemplateDeclaration } from '@isthmus/core';
import { integrationParameters } from '@isthmus/project-accounting';
import { ContractsParameters } from './parameters.js';
import { accountsOnBothSides } from './prerequisites.js';
import { ContractLine } from './tasks/contract-line.js';
import { MilestoneV1, MilestoneV2 } from './tasks/milestone.js';
import { ProjectContract } from './tasks/project-contract.js';
import { Project } from './tasks/project.js';

const common: Omit<TemplateDeclaration, 'title' | 'version' | 'tasks'> = {
  name: 'projects-and-contracts',
  direction: { from: 'psa', to: 'finops' },
  parameters: ContractsParameters,
  prerequisites: [accountsOnBothSides, integrationParameters()],
};

@Template({
  ...common,
  title: 'Projects and contracts (PSA 2.x)',
  version: 1,
  tasks: [ProjectContract, Project, ContractLine, MilestoneV1],
})
export class ProjectsAndContractsV1 {}

@Template({
  ...common,
  title: 'Projects and contracts (PSA 3.x)',
  version: 2,
  tasks: [ProjectContract, Project, ContractLine, MilestoneV2],
})
export class ProjectsAndContractsV2 {}
