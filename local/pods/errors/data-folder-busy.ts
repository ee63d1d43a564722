/** Another run holds the data folder: one run a folder, or two would start the same Pods on the same addresses. */
export class DataFolderBusyError extends Error {
  readonly code = 'DATA_FOLDER_BUSY';
  override readonly name = 'DataFolderBusyError';
  readonly dataDir: string;
  /** Process id of the run that holds the folder, when it is known. */
  readonly pid: number | undefined;

  constructor(dataDir: string, pid: number | undefined) {
    const holder = pid === undefined ? 'another run' : `another run (process ${pid})`;
    const stop = pid === undefined ? 'Stop that run' : `Stop that run (Ctrl-C in its terminal, or kill ${pid})`;
    super(`The data folder ${dataDir} is in use by ${holder}. ${stop}, or give this one a folder of its own.`);
    this.dataDir = dataDir;
    this.pid = pid;
  }
}
