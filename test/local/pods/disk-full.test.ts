import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskFullError } from '../../../local/pods/index.ts';
import { DataFolder } from '../../../local/pods/house/data-folder.ts';
import { processesOf, TestClusters } from '../../support/pods/cluster.ts';
import { configMap, deployment, job, scriptContainer } from '../../support/pods/manifests.ts';

/** Makes the next write of a file fail as on a full disk: /dev/full takes no byte. */
function fill(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync('/dev/full', join(folder, `${file}.tmp`));
}

const FULL =
  /^The disk under \S+ is full: could not write \S+\. Everything was stopped\. Free some space there, or choose/;

describe('a full disk under the data folder', function () {
  this.timeout(30_000);
  const clusters = new TestClusters();
  afterEach(() => clusters.close());

  it('keeps a cluster from being opened, with one clear error, and holds no lock', async () => {
    const dataDir = clusters.folder();
    fill(dataDir, 'network.json');
    await assert.rejects(clusters.open({ dataDir }), { code: 'DISK_FULL', message: FULL });
    unlinkSync(join(dataDir, 'network.json.tmp'));
    const { cluster } = await clusters.open({ dataDir });
    await cluster.apply([]);
    await cluster.whenReady();
    assert.deepEqual(cluster.status().pods, []);
  });

  it('is taken for the reason when a program fails while there is next to no space', () => {
    const reported: DiskFullError[] = [];
    const folder = new DataFolder(clusters.folder(), (error) => reported.push(error));
    folder.checkSpace('run container redis of Pod shop/redis-0', 2_000_000);
    assert.deepEqual(reported, []);
    const attempt = () => folder.checkSpace('run container redis of Pod shop/redis-0', 4096);
    assert.throws(attempt, {
      code: 'DISK_FULL',
      message: /could not run container redis of Pod shop\/redis-0\. Everything/,
    });
    assert.equal(reported.length, 1);
  });

  it('stops everything when it fills up during the run, and tells whoever waits', async () => {
    const { cluster, log, dataDir } = await clusters.open();
    await cluster.apply([deployment('web', scriptContainer('exec sleep 1000')), configMap('x', {})]);
    await cluster.whenReady();
    fill(dataDir, 'jobs.json');
    await cluster.apply([deployment('web', scriptContainer('exec sleep 1000')), job('seed', 'true')]);
    await assert.rejects(cluster.whenReady(), { code: 'DISK_FULL', folder: dataDir, message: FULL });
    assert.match((await log.next({ kind: 'failed' })).message, FULL);
    await cluster.stop();
    assert.deepEqual(processesOf(dataDir), []);
    await assert.rejects(cluster.apply([]), { code: 'DISK_FULL' });
  });
});
