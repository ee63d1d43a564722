/**
 * Stands for the TLS that a Prometheus has elsewhere: takes connections under TLS 1.3 and hands on what comes to the plain port beside it, which
 * never leaves this machine.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createServer } from 'node:tls';

const { HOST = '127.0.0.1', PORT = '', TLS_DIR = '', TARGET = '' } = process.env;
const [host = '', port = ''] = TARGET.split(':');
const read = (file: string) => readFileSync(join(TLS_DIR, file));
const options = { cert: read('tls.crt'), key: read('tls.key'), minVersion: 'TLSv1.3' } as const;

createServer(options, (caller) => {
  const target = connect(Number(port), host);
  // Either end that breaks off takes the other with it, and that is all there is to say of it.
  pipeline(caller, target, () => {});
  pipeline(target, caller, () => {});
}).listen(Number(PORT), HOST);
