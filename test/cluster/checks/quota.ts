import assert from 'node:assert/strict';
import { quantityOf } from '../../../policy-pack/kubernetes/quantity.ts';
import type { ApiObject } from '../api/objects.ts';
import { StatusError } from '../api/status-error.ts';
import { objectsOf, type StackContext } from './context.ts';
import { engineOf } from './workloads.ts';

interface ResourceQuota extends ApiObject {
  readonly metadata: ApiObject['metadata'] & { readonly namespace: string };
  readonly status?: {
    readonly hard?: Readonly<Record<string, string>>;
    readonly used?: Readonly<Record<string, string>>;
  };
}

/** Quotas leave room for the peak, which has to be running, and for nothing without end. */
export function checkQuota(context: StackContext): void {
  it('keeps every quota while the peak runs', async () => {
    const quotas = objectsOf<ResourceQuota>(context, 'ResourceQuota', 'every service');
    assert.ok(quotas.length > 0);
    for (const { apiVersion, kind, metadata } of quotas) {
      const { status } = await context.plane.until(`the quota ${metadata.namespace}/${metadata.name}`, async () => {
        const quota = await context.plane.api.get<ResourceQuota>({ apiVersion, kind, metadata });
        return quota.status?.used !== undefined && quota;
      });
      for (const [resource, hard] of Object.entries(status?.hard ?? {}))
        assert.ok(amount(status?.used?.[resource] ?? '0') <= amount(hard), `${metadata.namespace} ${resource}`);
    }
  });

  it("refuses a Pod that goes past the quota of the engine's namespace", async () => {
    const { namespace } = engineOf(context).metadata;
    const [quota] = objectsOf<ResourceQuota>(context, 'ResourceQuota', 'every service').filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    assert.ok(quota, `${namespace} has no quota`);
    const template = engineOf(context).spec.template;
    const [container] = (template.spec as { containers: object[] }).containers;
    const huge = { requests: { cpu: '10000', memory: '100Ti' }, limits: { cpu: '10000', memory: '100Ti' } };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'too-much', namespace },
      spec: { ...template.spec, containers: [{ ...container, resources: huge }] },
    };
    await assert.rejects(
      context.plane.api.create(`/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod),
      (error: unknown) =>
        error instanceof StatusError && error.status === 403 && /exceeded quota|maximum/.test(error.message),
    );
  });
}

function amount(quantity: string): number {
  const found = quantityOf(quantity);
  assert.ok(found !== undefined, `"${quantity}" is no quantity`);
  return found;
}
