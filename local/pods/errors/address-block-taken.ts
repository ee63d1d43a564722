/** The addresses a data folder has always used are in use by another run. */
export class AddressBlockTakenError extends Error {
  readonly code = 'ADDRESS_BLOCK_TAKEN';
  override readonly name = 'AddressBlockTakenError';
  readonly block: string;

  constructor(block: string, dataDir: string) {
    super(
      `The addresses ${block}, which the data in ${dataDir} is bound to, are in use by another run on this machine. ` +
        'Stop that run first, or start with a new data folder, which chooses free addresses.',
    );
    this.block = block;
  }
}
