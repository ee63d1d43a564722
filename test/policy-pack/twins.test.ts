import assert from 'node:assert/strict';
import { goodStack } from './good-stack.ts';
import { withField } from './support/edit.ts';
import { UNKNOWN } from './support/resource.ts';
import { judgeAll, RULES } from './support/rules.ts';
import { TWINS } from './twins/index.ts';
import { mendedStack, violatingStack } from './twins/twin.ts';

/** Who, which field, its value; a sentence about what is wrong with it, and one that says what to do. */
const MESSAGE = /^\S.*: \S.* is \S.*\. \S.*\. [A-Z].*\.$/s;

describe('Each rule, over its twins and against all other rules', () => {
  it('has nothing to say about a good region', async () => {
    assert.deepEqual(await judgeAll(goodStack()), []);
  });

  it('has twins', () => {
    assert.deepEqual(Object.keys(TWINS).sort(), RULES.map(({ name }) => name).sort());
  });

  for (const [rule, twins] of Object.entries(TWINS)) {
    describe(rule, () => {
      for (const twin of twins) {
        it(`refuses ${twin.title}, and accepts its twin`, async () => {
          const objections = await judgeAll(violatingStack(twin));
          assert.deepEqual(
            [...new Set(objections.map((objection) => objection.rule))],
            [rule],
            JSON.stringify(objections),
          );
          const messages = objections.map(({ message }) => message);
          assert.ok(
            messages.some((message) => message.includes(twin.says)),
            `${twin.says} is not in:\n${messages.join('\n')}`,
          );
          for (const message of messages) assert.match(message, MESSAGE);
          assert.deepEqual(await judgeAll(mendedStack(twin)), []);
        });
      }
    });
  }

  describe('at a preview, of values that are known only after the update', () => {
    for (const [rule, twins] of Object.entries(TWINS)) {
      it(`passes the field of every twin of ${rule}`, async () => {
        for (const twin of twins.filter(({ hidden }) => hidden !== false)) {
          const unknown = withField(mendedStack(twin), twin.resource, twin.field, UNKNOWN);
          assert.deepEqual(await judgeAll(unknown), [], twin.title);
        }
      });
    }
  });
});
