import { ADMISSION_ACTIONS, type AdmissionAction } from '../components/security/admission/objects.ts';
import type { Settings } from './settings.ts';
import { oneOf } from './values.ts';

const OFF = 'off';

/** Reads `wedsync:admission`: what happens at admission to an object that breaks a rule; `undefined` where nothing looks at it. */
export function admissionAction(settings: Settings): AdmissionAction | undefined {
  const action = oneOf(settings, 'admission', [...ADMISSION_ACTIONS, OFF]);
  return action === OFF ? undefined : action;
}
