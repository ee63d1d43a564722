/** A port that the user's own programs connect to is held by another program. */
export class PortTakenError extends Error {
  readonly code = 'PORT_TAKEN';
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(host: string, port: number) {
    super(
      `Port ${port} on ${host} is taken by another program. Stop that program, or choose another port with --port.`,
    );
    this.port = port;
  }
}
