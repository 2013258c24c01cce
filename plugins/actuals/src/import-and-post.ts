import { isIsthmusError, type HealthCheck, type PrerequisiteContext, type Value } from '@isthmus/core';
import { outlined, readInfolog } from './infolog.js';
import type { ActualsParameters } from './parameters.js';

type Context = Pick<PrerequisiteContext, 'destination' | 'legalEntities' | 'parameters'>;

/**
 * *Import from staging table*, and posting of the journals that it made, in every legal entity; as far as the integration
 * asks for it. Both take up whatever has been left over: what could not be done is tried again by every run.
 */
export async function importAndPost({ destination, legalEntities, parameters }: Context): Promise<HealthCheck[]> {
  // The engine hands on an instance of the template's parameter class.
  const wanted = parameters as unknown as ActualsParameters;
  const importing = {
    name: 'import from staging',
    call: wanted.importAction,
    given: { periodFrequency: wanted.journalPeriod },
  };
  const posting = { name: 'posting', call: wanted.postAction, given: {} };
  const steps = [...(wanted.importFromStaging ? [importing] : []), ...(wanted.post ? [posting] : [])];
  const checks: HealthCheck[] = [];
  for (const { name, call, given } of steps) {
    const [entity = '', action = ''] = call.split('.');
    for (const legalEntity of legalEntities) {
      const act = async () => destination.invoke?.({ entity, action, legalEntity, parameters: given });
      checks.push(await outcomeOf(`${legalEntity.toUpperCase()}, ${name}`, act));
    }
  }
  return checks;
}

const REMEDY = 'Put right in F&O what it says; the next run tries again by itself.';

/** What the destination says of an action: a log of notices and errors. */
async function outcomeOf(name: string, act: () => Promise<Value | undefined>): Promise<HealthCheck> {
  try {
    const said = await act();
    if (said === undefined) {
      const message = `${name}: the destination has no such action.`;
      return { name, status: 'failed', message, remedy: 'Import and post in F&O, and switch it off here.' };
    }
    const { complaints, notices } = readInfolog(said === null ? 'Done.' : String(said));
    return complaints.length > 0
      ? { name, status: 'warning', message: `${name}: ${outlined([...complaints, ...notices])}`, remedy: REMEDY }
      : { name, status: 'ok', message: `${name}: ${outlined(notices)}` };
  } catch (thrown) {
    // What stops every action, such as refused credentials, stops the run.
    if (!isIsthmusError(thrown) || thrown.recovery === 'fatal') throw thrown;
    return { name, status: 'failed', message: `${name}: ${thrown.message}`, remedy: thrown.remedy };
  }
}
