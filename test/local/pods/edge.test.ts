import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import type { KubernetesObject, LocalCluster } from '../../../local/pods/index.ts';
import { ask, TestClusters } from '../../support/pods/cluster.ts';
import { deployment, NAMESPACE, service, serviceCertificate, webContainer } from '../../support/pods/manifests.ts';

/** A web server that speaks TLS 1.3 only. */
function encrypted(): KubernetesObject[] {
  const container = webContainer('1', {
    env: [{ name: 'TLS', value: '/tls' }],
    volumeMounts: [{ name: 'tls', mountPath: '/tls' }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTPS' } },
  });
  const volumes = [{ name: 'tls', secret: { secretName: 'web-tls' } }];
  return [
    deployment('web', container, { replicas: 2 }, { volumes }),
    service('web', { ports: [{ name: 'https', port: 8443, targetPort: 'http' }] }),
    ...serviceCertificate('web'),
  ];
}

const caOf = (cluster: LocalCluster) => cluster.read('Secret', NAMESPACE, 'web-tls', 'ca.crt') ?? '';

describe('the local edge', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('leads a plain port of this machine to Pods that speak only TLS 1.3', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply(encrypted());
    await cluster.whenReady();
    const edge = await cluster.expose({
      namespace: NAMESPACE,
      service: 'web',
      port: 'https',
      listenPort: 0,
      tls: { ca: () => caOf(cluster), serverName: 'web.shop.svc.cluster.local' },
    });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(edge.host, '/', edge.port)));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(new Set(answers.map(({ body }) => body)).size, 2, 'both Pods answer');
  });

  it('passes nothing to Pods whose certificate is for another name, and says so', async () => {
    const { cluster, log } = await clusters.open();
    await cluster.apply(encrypted());
    await cluster.whenReady();
    const tls = { ca: () => caOf(cluster), serverName: 'bank.shop.svc.cluster.local' };
    const edge = await cluster.expose({ namespace: NAMESPACE, service: 'web', port: 8443, listenPort: 0, tls });
    await assert.rejects(ask(edge.host, '/', edge.port), { code: 'ECONNRESET' });
    assert.match(
      (await log.next({ kind: 'network' })).message,
      /TLS to bank\.shop.* failed: .*does not match certificate/,
    );
  });

  it('lets clients in the cluster verify a Service by its address', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply(encrypted());
    await cluster.whenReady();
    const host = cluster.serviceAddress(NAMESPACE, 'web');
    const protocol = await new Promise((resolve, reject) => {
      const socket = connect({ host, port: 8443, ca: caOf(cluster) }, () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.once('error', reject);
    });
    assert.equal(protocol, 'TLSv1.3');
  });

  it('names the port that another program has, and what to do', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([service('web')]);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const exposed = cluster.expose({ namespace: NAMESPACE, service: 'web', port: 8000, listenPort: port });
      await assert.rejects(exposed, {
        code: 'PORT_TAKEN',
        port,
        message: `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port with --port.`,
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('resets connections while no Pod is ready, and closes with the cluster', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([service('web')]);
    const edge = await cluster.expose({ namespace: NAMESPACE, service: 'web', port: 8000, listenPort: 0 });
    await assert.rejects(ask(edge.host, '/', edge.port), { code: 'ECONNRESET' });
    await cluster.stop();
    await assert.rejects(ask(edge.host, '/', edge.port), { code: 'ECONNREFUSED' });
    const late = cluster.expose({ namespace: NAMESPACE, service: 'web', port: 8000, listenPort: 0 });
    await assert.rejects(late, { code: 'CLUSTER_STOPPED' });
  });

  it('refuses to expose what is not there', async () => {
    const { cluster } = await clusters.open();
    await cluster.apply([service('web')]);
    for (const [name, port] of [
      ['web', 81],
      ['shop', 8000],
    ] as const) {
      // prettier-ignore
      const exposed = cluster.expose({ namespace: NAMESPACE, service: name, port, listenPort: 0 });
      await assert.rejects(exposed, {
        code: 'INVALID_OBJECT',
        message: `Service shop/${name}: has no TCP port ${port} to be exposed.`,
      });
    }
  });
});
