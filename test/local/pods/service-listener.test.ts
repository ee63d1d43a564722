import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Service } from '../../../local/pods/kubernetes/workloads.ts';
import { ServiceListener } from '../../../local/pods/network/service-listener.ts';
import { until } from '../../support/pods/cluster.ts';

const PORT = 8000;
const ADDRESS = '127.77.255.250';
const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ port: PORT }] },
};
const pods = [{ pod: 'web-1', address: ADDRESS, port: () => PORT }];

describe('the listener of a Service', () => {
  it('waits for a port that another program has', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(PORT, ADDRESS, resolve));
    const problems: string[] = [];
    const listener = new ServiceListener(service, ADDRESS, () => pods, (message) => problems.push(message)); // prettier-ignore
    try {
      listener.sync();
      await until(() => problems.length > 0);
      assert.match(problems[0] ?? '', /^its port 8000 is not open: listen EADDRINUSE/);
      assert.equal(listener.problem, undefined);
      await new Promise((resolve) => other.close(resolve));
      await until(() => listener.listening);
      assert.equal(problems.length, 1, 'said once, however often it tried');
    } finally {
      listener.close();
    }
  });

  it('does not try again where a port can never be opened, and keeps the reason', async () => {
    const problems: string[] = [];
    const elsewhere = '192.0.2.1';
    const listener = new ServiceListener(service, elsewhere, () => pods, (message) => problems.push(message)); // prettier-ignore
    listener.sync();
    await until(() => listener.problem !== undefined);
    listener.sync();
    listener.close();
    assert.equal(
      listener.problem,
      `its port ${PORT} is not open: listen EADDRNOTAVAIL: address not available 192.0.2.1:8000`,
    );
    assert.equal(problems.length, 1);
  });
});
