/** What the platform promises about copies and keys; the figures behind the policies of the same names. */

/** Copies of every backup. */
export const BACKUP_COPIES = 3;
/** Providers over which the copies are spread, so that one of them at least lies elsewhere. */
export const BACKUP_PROVIDERS = 2;
/** Minutes between backups at most: what may be lost when a region is (the RPO). */
export const BACKUP_INTERVAL_MINUTES = 15;
/** Days between rotations of a key at most: every month. */
export const KEY_ROTATION_DAYS = 31;
