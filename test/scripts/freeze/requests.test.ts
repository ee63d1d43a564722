import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommand } from '../../../scripts/lib/freeze/options.ts';
import { approve, readToken } from '../../../scripts/lib/freeze/requests.ts';
import { castOf, type KeyHolder, peopleFile, requestAt, signedToken } from '../../policy-pack/support/emergency.ts';
import { TestClone } from '../../support/git/clone.ts';

describe('an approval', () => {
  it('is of the request that was shown: signatures may have been added since, another request may not stand in its place', async () => {
    using clone = new TestClone();
    const cast = await castOf();
    const { requester, first, second } = cast;
    clone.write('config/approvers.json', peopleFile(cast));
    const commit = clone.commit();
    const file = join(clone.folder, 'token.json');
    const commandOf = ({ key, person }: KeyHolder) => {
      const keyFile = join(clone.folder, `${person.keyId}.json`);
      writeFileSync(keyFile, JSON.stringify(key), { mode: 0o600 });
      return parseCommand(['approve', file, '--repository', clone.folder, '--key', keyFile]);
    };
    const asked = (reason: string) =>
      signedToken(requestAt(Date.now(), { commit, reason }), [['requester', requester]]);

    writeFileSync(file, await asked('Vendors get wrong answers'));
    const { token: shown } = readToken(commandOf(first), 'approve TOKEN');
    await approve(commandOf(second), shown);
    const { approvers } = await approve(commandOf(first), shown);
    assert.deepEqual(approvers, ['the second approver', 'the first approver']);

    const other = await asked('Something else');
    writeFileSync(file, other);
    await assert.rejects(
      approve(commandOf(first), shown),
      /token\.json holds another request than the one that you looked at\. Nothing was approved\.$/,
    );
    assert.equal(readFileSync(file, 'utf8'), other);
  });
});
