/** A path that cannot be a data folder, whoever runs. */
export class DataFolderUnusableError extends Error {
  readonly code = 'DATA_FOLDER_UNUSABLE';
  override readonly name = 'DataFolderUnusableError';

  /** @param problem what is wrong with it, as the end of a sentence */
  constructor(dataDir: string, problem: string, options?: ErrorOptions) {
    super(`The data folder ${dataDir} ${problem}. Choose another data folder.`, options);
  }
}
