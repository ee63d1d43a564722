import type { RegisterResourceRequest, TransformResourceOptions } from '@pulumi/pulumi/proto/resource_pb.js';
import { Alias, fromMap, resource as messages } from '../proto.ts';
import type { CustomTimeouts, Resource, ResourceOptions } from '../resource.ts';
import { packageOf } from '../urn.ts';

/** What a request asks for, in the form in which transforms may change it. */
export function requestedOptions(
  request: RegisterResourceRequest,
  parent: Resource | undefined,
): TransformResourceOptions {
  const options = new messages.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  const protect = request.hasProtect() ? request.getProtect() : parent?.protect;
  if (protect !== undefined) options.setProtect(protect);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList([...request.getAliasurnsList().map(aliasOfUrn), ...request.getAliasesList()]);
  options.setProvider(request.getProvider() || inheritedProvider(request, parent));
  const timeouts = request.getCustomtimeouts();
  if (timeouts !== undefined) options.setCustomTimeouts(timeouts);
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  const retain = request.hasRetainondelete() ? request.getRetainondelete() : parent?.options.retainOnDelete;
  if (retain !== undefined) options.setRetainOnDelete(retain);
  options.setDeletedWith(request.getDeletedwith() || (parent?.options.deletedWith ?? ''));
  options.setReplaceWithList(request.getReplaceWithList());
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  request.getProvidersMap().forEach((reference, pkg) => options.getProvidersMap().set(pkg, reference));
  const hooks = request.getHooks();
  if (hooks !== undefined) options.setHooks(hooks);
  options.setImport(request.getImportid());
  return options;
}

function aliasOfUrn(urn: string): InstanceType<typeof Alias> {
  const alias = new Alias();
  alias.setUrn(urn);
  return alias;
}

/** A component hands its provider on; a resource takes its parent's only if it is for the same package. */
function inheritedProvider(request: RegisterResourceRequest, parent: Resource | undefined): string {
  if (parent === undefined || parent.provider === '') return '';
  const samePackage = parent.provider.includes(`::pulumi:providers:${packageOf(request.getType())}::`);
  return !request.getCustom() || samePackage ? parent.provider : '';
}

/** What is recorded of the options, after all transforms. */
export function recordedOptions(options: TransformResourceOptions, aliases: readonly string[]): ResourceOptions {
  return {
    ignoreChanges: options.getIgnoreChangesList(),
    replaceOnChanges: options.getReplaceOnChangesList(),
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    aliases,
    customTimeouts: timeoutsOf(options),
    deletedWith: options.getDeletedWith(),
    replaceWith: options.getReplaceWithList(),
    retainOnDelete: options.hasRetainOnDelete() ? options.getRetainOnDelete() : undefined,
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    importId: options.getImport(),
    version: options.getVersion(),
    hooks: hooksOf(options),
    providers: fromMap(options.getProvidersMap()),
  };
}

function hooksOf(options: TransformResourceOptions): ResourceOptions['hooks'] {
  const hooks = options.getHooks();
  if (hooks === undefined) return {};
  const byMoment = {
    beforeCreate: hooks.getBeforeCreateList(),
    afterCreate: hooks.getAfterCreateList(),
    beforeUpdate: hooks.getBeforeUpdateList(),
    afterUpdate: hooks.getAfterUpdateList(),
    beforeDelete: hooks.getBeforeDeleteList(),
    afterDelete: hooks.getAfterDeleteList(),
    onError: hooks.getOnErrorList(),
  };
  return Object.fromEntries(Object.entries(byMoment).filter(([, names]) => names.length > 0));
}

function timeoutsOf(options: TransformResourceOptions): CustomTimeouts {
  const timeouts = options.getCustomTimeouts();
  return {
    create: seconds(timeouts?.getCreate()),
    update: seconds(timeouts?.getUpdate()),
    delete: seconds(timeouts?.getDelete()),
    read: seconds(timeouts?.getRead()),
  };
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Parses a duration in Go's notation, `1h30m`. */
function seconds(duration = ''): number {
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|us|µs|ns|m|s)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0), 0);
}
