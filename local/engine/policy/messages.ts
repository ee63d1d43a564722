import type { AnalyzeDiagnostic } from '@pulumi/pulumi/proto/analyzer_pb.js';
import { analyzer as messages, toStruct } from '../proto.ts';
import type { Resource } from '../resource.ts';
import { withoutReferences } from '../output-values.ts';
import type { PropertyMap } from '../values.ts';
import { LEVELS } from './levels.ts';
import type { Violation } from './violation.ts';

/** A resource together with the provider resource in charge of it. */
export interface Subject {
  readonly resource: Resource;
  readonly provider: Resource | undefined;
}

/** One resource with its inputs, for policies that judge resources singly. */
export function resourceRequest({ resource, provider }: Subject): InstanceType<typeof messages.AnalyzeRequest> {
  const request = new messages.AnalyzeRequest();
  describe(request, resource, resource.inputs, provider);
  return request;
}

/** All resources with their outputs, for policies that judge a stack. */
export function stackRequest(subjects: readonly Subject[]): InstanceType<typeof messages.AnalyzeStackRequest> {
  const request = new messages.AnalyzeStackRequest();
  for (const { resource, provider } of subjects) {
    const message = new messages.AnalyzerResource();
    describe(message, resource, resource.outputs, provider);
    message.setParent(resource.parent);
    message.setDependenciesList([...resource.dependencies]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
      if (urns.length === 0) continue;
      const dependencies = new messages.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      message.getPropertydependenciesMap().set(property, dependencies);
    }
    request.addResources(message);
  }
  return request;
}

type Described = InstanceType<typeof messages.AnalyzeRequest> | InstanceType<typeof messages.AnalyzerResource>;

function describe(
  message: Described,
  resource: Resource,
  properties: PropertyMap,
  provider: Resource | undefined,
): void {
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(toStruct(withoutReferences(properties) as PropertyMap));
  message.setOptions(optionsOf(resource));
  if (provider === undefined) return;
  const from = new messages.AnalyzerProviderResource();
  from.setType(provider.type);
  from.setUrn(provider.urn);
  from.setName(provider.name);
  from.setProperties(toStruct(provider.inputs));
  message.setProvider(from);
}

function optionsOf(resource: Resource): InstanceType<typeof messages.AnalyzerResourceOptions> {
  const { options } = resource;
  const message = new messages.AnalyzerResourceOptions();
  message.setProtect(resource.protect ?? false);
  message.setIgnorechangesList([...options.ignoreChanges]);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList([...options.additionalSecretOutputs]);
  message.setAliasesList([...options.aliases]);
  message.setParent(resource.parent);
  const timeouts = new messages.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.customTimeouts.create);
  timeouts.setUpdate(options.customTimeouts.update);
  timeouts.setDelete(options.customTimeouts.delete);
  message.setCustomtimeouts(timeouts);
  return message;
}

/** A level that only says how a violation is handled before it is reported counts as mandatory once it is. */
export function violationOf(diagnostic: AnalyzeDiagnostic, urn: string): Violation {
  return {
    policy: diagnostic.getPolicyname(),
    pack: diagnostic.getPolicypackname(),
    level: LEVELS[diagnostic.getEnforcementlevel()] === 'advisory' ? 'advisory' : 'mandatory',
    message: diagnostic.getMessage(),
    description: diagnostic.getDescription(),
    urn: diagnostic.getUrn() || urn,
  };
}
