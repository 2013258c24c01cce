export { ScheduleLoop, sleep } from './loop.js';
export { dueAt, scheduleOf } from './timetable.js';
export type { Schedule } from './timetable.js';
