export * from './calendar.ts';
export * from './clock.ts';
export * from './freeze.ts';
export * from './regions.ts';
export * from './scaling.ts';
export * from './seasons.ts';
export * from './time-to-live.ts';
export * from './vendors.ts';
