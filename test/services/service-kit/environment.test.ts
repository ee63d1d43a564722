import assert from 'node:assert/strict';
import {
  ConfigurationError,
  EnvironmentReader,
  httpUrl,
  wholeNumber,
} from '../../../services/service-kit/src/environment.ts';

const NAMES = { host: 'HOST', port: 'PORT', tlsDirectory: 'TLS_DIR' } as const;
const SERVICE = { service: 'the engine', defaultPort: 8443 };

/** What a reader complains of after `read`, a line each. */
function complaints(environment: NodeJS.ProcessEnv, read: (reader: EnvironmentReader) => unknown): string[] {
  const reader = new EnvironmentReader(environment);
  read(reader);
  try {
    reader.assertRight();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.message.split('\n');
  }
}

describe('the environment of a service', () => {
  it('names every value that is missing or wrong, and what is allowed, once each', () => {
    const lines = complaints({ URL: 'ftp://a', LEVEL: 'loud', EMPTY: '' }, (reader) => {
      reader.requiredAs('URL', 'an http or https URL', httpUrl);
      reader.requiredAs('EMPTY', 'a number', (text) => wholeNumber(text, 0, 9));
      reader.logLevel('LEVEL');
    });
    assert.deepEqual(lines, [
      'URL is "ftp://a": it must be an http or https URL.',
      'EMPTY is not set: it must be a number.',
      'LEVEL is "loud": it must be one of fatal, error, warn, info, debug, trace, silent.',
    ]);
  });

  it('lets a service listen in the clear on loopback alone', () => {
    const reader = new EnvironmentReader({});
    assert.deepEqual(reader.listening(NAMES, SERVICE), { host: '127.0.0.1', port: 8443, tlsDirectory: undefined });
    for (const HOST of ['127.77.0.3', '::1', 'localhost'])
      assert.deepEqual(
        complaints({ HOST }, (each) => each.listening(NAMES, SERVICE)),
        [],
        HOST,
      );
    for (const HOST of ['0.0.0.0', '10.0.0.1', '127.example.org', '::']) {
      const [line, ...more] = complaints({ HOST }, (each) => each.listening(NAMES, SERVICE));
      assert.match(
        line ?? '',
        /^HOST is ".+": without TLS_DIR the engine speaks plain HTTP and must stay on loopback/,
        HOST,
      );
      assert.deepEqual(more, []);
      assert.deepEqual(
        complaints({ HOST, TLS_DIR: '/tls' }, (each) => each.listening(NAMES, SERVICE)),
        [],
      );
    }
  });

  it('takes a port from 0 to 65535 and no other', () => {
    const port = (PORT: string) => complaints({ PORT }, (reader) => reader.listening(NAMES, SERVICE)).length;
    assert.deepEqual(['0', '65535', '8443', '65536', '-1', '1.5', '0x10', ' 1'].map(port), [0, 0, 0, 1, 1, 1, 1, 1]);
  });
});
