import assert from 'node:assert/strict';
import { decodeProtectedHeader, FlattenedSign, importJWK } from 'jose';
import { formatToken, parseToken } from '../../../policy-pack/freeze/token.ts';
import { judgeToken, type TokenContext } from '../../../policy-pack/freeze/verdict.ts';
import { fc } from '../../support/property.ts';
import { type Cast, castOf, goodToken, keyHolder, requestAt, signedToken } from '../support/emergency.ts';
import { tokenTwins } from '../twins/emergency-token.ts';

describe('An emergency token', () => {
  const now = Date.now();
  let cast: Cast;
  let context: TokenContext;

  before(async () => {
    cast = await castOf();
    context = {
      stack: 'uk-south',
      commit: 'c'.repeat(40),
      changedFiles: [],
      approvals: 2,
      people: [cast.requester, cast.first, cast.second].map(({ person }) => person),
      instant: now,
      zone: 'Europe/London',
      spent: () => undefined,
    };
  });

  /** What is said of a token that is refused. */
  async function refusalOf(token: string, changes: Partial<TokenContext> = {}): Promise<string> {
    const verdict = await judgeToken(token, { ...context, ...changes });
    assert.ok(!verdict.accepted, token);
    return `${verdict.value}. ${verdict.problem} ${verdict.fix}`;
  }

  it('is accepted when two others approved it, whatever the order of the signatures', async () => {
    const request = requestAt(now);
    const { requester, first, second } = cast;
    const token = await signedToken(request, [
      ['approver', second],
      ['requester', requester],
      ['approver', first],
    ]);
    const approvers = ['the second approver', 'the first approver'];
    assert.deepEqual(await judgeToken(token, context), { accepted: true, request, approvers });
  });

  for (const { title, violating, says } of tokenTwins) {
    it(`is refused when it is one ${title}`, async () => {
      const words = await refusalOf(await violating(cast, requestAt(now)));
      assert.ok(words.includes(says), words);
    });
  }

  it('is refused when it was used before, and it is said when', async () => {
    const request = requestAt(now);
    const words = await refusalOf(await goodToken(cast, request), {
      spent: (id) => (id === request.id ? 'on Saturday' : undefined),
    });
    assert.equal(
      words,
      `that of the requester (${request.id}). It was used before: on Saturday. A token holds once. Ask for another one: npm run ` +
        'freeze -- request uk-south.',
    );
  });

  it('is refused when more would be deployed than its commit', async () => {
    const changedFiles = ['index.ts', 'config.ts', 'a', 'b'];
    const words = await refusalOf(await goodToken(cast, requestAt(now)), { changedFiles });
    assert.match(words, /from which the working tree differs \(index\.ts, config\.ts, a and 1 more\)/);
  });

  it('is refused when one person approved it with two keys, under two spellings of the name', async () => {
    const again = await keyHolder('The  first approver ');
    const { requester, first } = cast;
    const token = await signedToken(requestAt(now), [
      ['requester', requester],
      ['approver', first],
      ['approver', again],
    ]);
    assert.match(
      await refusalOf(token, { people: [...context.people, again.person] }),
      /Only the first approver approved it\./,
    );
  });

  it('holds from its request to the last millisecond before its end', async () => {
    const request = requestAt(now);
    const token = await goodToken(cast, request);
    const [from, until] = [Date.parse(request.requestedAt), Date.parse(request.expiresAt)];
    for (const instant of [from - 60_000, from, until - 1]) {
      assert.ok((await judgeToken(token, { ...context, instant })).accepted);
    }
    assert.match(await refusalOf(token, { instant: until }), /It expired on /);
    // A minute is left for clocks that differ.
    assert.match(await refusalOf(token, { instant: from - 60_001 }), /It does not hold before /);
  });

  it('cannot be put together from the signatures of others', async () => {
    const [one, other] = await Promise.all([goodToken(cast, requestAt(now)), goodToken(cast, requestAt(now))]);
    const { payload } = JSON.parse(one) as { payload: string };
    const { signatures } = JSON.parse(other) as { signatures: unknown };
    assert.match(await refusalOf(JSON.stringify({ payload, signatures })), /altered after it was signed/);
  });

  it('cannot be approved by the signature of a requester', async () => {
    const { requester, first, second } = cast;
    const token = await signedToken(requestAt(now), [
      ['requester', requester],
      ['approver', first],
      ['requester', second],
    ]);
    assert.match(await refusalOf(token), /did not sign it as its requester/);
  });

  it('takes no signature by another algorithm', async () => {
    const token = JSON.parse(await goodToken(cast, requestAt(now))) as { signatures: { protected: string }[] };
    for (const alg of ['none', 'HS256']) {
      const signatures = token.signatures.map((signature) => {
        const header = JSON.parse(Buffer.from(signature.protected, 'base64url').toString()) as object;
        return { ...signature, protected: Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url') };
      });
      assert.match(await refusalOf(JSON.stringify({ ...token, signatures })), /altered after it was signed/);
    }
  });

  for (const [title, header, says] of [
    ['for something else', { typ: 'JWT' }, /The signature of the second approver was made for something else\./],
    ['in no role', { role: 'reader' }, /The signature of the second approver was made for something else\./],
    ['under another name of the algorithm', { alg: 'Ed25519' }, /The signature of the second approver does not fit it/],
  ] as const) {
    it(`takes no signature that its key made ${title}`, async () => {
      const { second } = cast;
      const token = parseToken(await goodToken(cast, requestAt(now)));
      const [own, others] = [decodeProtectedHeader(token.signatures[2] ?? {}), token.signatures.slice(0, 2)];
      const { alg = 'EdDSA', ...more } = { ...own, ...header };
      const jws = await new FlattenedSign(Buffer.from(token.payload, 'base64url'))
        .setProtectedHeader({ alg, ...more })
        .sign(await importJWK({ ...second.key }, alg));
      const signatures = [...others, { protected: jws.protected ?? '', signature: jws.signature }];
      assert.match(await refusalOf(formatToken({ ...token, signatures })), says);
    });
  }

  it('is refused, and nothing fails, whatever single character of it is another', async () => {
    const request = requestAt(now);
    const token = await goodToken(cast, request);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_"{}, \\é'), async (at, other) => {
        const altered = token.slice(0, at) + other + token.slice(at + 1);
        const verdict = await judgeToken(altered, context);
        // The last character of a base64 text has bits that say nothing: such a token is the same one.
        if (verdict.accepted) assert.deepEqual(verdict.request, request);
        if (verdict.accepted) assert.deepEqual(bytesOf(altered), bytesOf(token));
      }),
    );
  });

  it('is refused, and nothing fails, whatever stands in its place', async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ payload: fc.jsonValue(), signatures: fc.jsonValue() }).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        assert.match(await refusalOf(text), /^unreadable\. That is no emergency token\. /);
      }),
    );
  });
});

/** What a token says, byte for byte. */
function bytesOf(text: string): unknown {
  const { payload, signatures } = JSON.parse(text) as {
    payload: string;
    signatures: { protected: string; signature: string }[];
  };
  const bytes = (part: string) => Buffer.from(part, 'base64url').toString('hex');
  return [bytes(payload), signatures.map((each) => [bytes(each.protected), bytes(each.signature)])];
}
