export { normalForm } from './normal-form.ts';
export { sameWording } from './same-wording.ts';
export { slotConflict, type SlotConflict } from './slot-conflict.ts';
export { slotsOf, type Slots } from './slots.ts';
