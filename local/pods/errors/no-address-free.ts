/** Every address, or every block of addresses, that Pods may use on this machine is taken. */
export class NoAddressFreeError extends Error {
  readonly code = 'NO_ADDRESS_FREE';
  override readonly name = 'NoAddressFreeError';

  /** @param range which range is full, e.g. `127.77.0.0/16` @param remedy what the user can do */
  constructor(range: string, remedy: string) {
    super(`No address is free in ${range}. ${remedy}`);
  }
}
