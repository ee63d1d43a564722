import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';
import { dependenciesOf, withDependencies } from '../output-values.ts';
import { fromMap, fromStruct } from '../proto.ts';
import type { PropertyMap } from '../values.ts';

/** What a resource depends on as a whole, and through each property: URNs. */
export interface Dependencies {
  readonly dependencies: string[];
  readonly propertyDependencies: Record<string, string[]>;
}

/** A runtime that says nothing of single properties means that each depends on everything. */
export function requestedDependencies(request: RegisterResourceRequest): Dependencies {
  const dependencies = request.getDependenciesList();
  const single = Object.entries(fromMap(request.getPropertydependenciesMap()));
  const entries: [string, string[]][] =
    single.length > 0
      ? single.map(([property, message]) => [property, message.getUrnsList()])
      : Object.keys(fromStruct(request.getObject())).map((property) => [property, dependencies]);
  return { dependencies, propertyDependencies: Object.fromEntries(entries) };
}

/** Lets the dependencies of properties travel through the resource's own transforms. */
export function attach(properties: PropertyMap, { propertyDependencies }: Dependencies): PropertyMap {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const wanted = propertyDependencies[key] ?? [];
      const there = dependenciesOf(value);
      const missing = wanted.some((urn) => !there.includes(urn));
      return [key, missing ? withDependencies(value, [...new Set([...there, ...wanted])]) : value];
    }),
  );
}

/** With own transforms, only what came out of them counts; else what others added joins what was requested. */
export function settledDependencies(
  properties: PropertyMap,
  dependsOn: readonly string[],
  requested: Dependencies,
  transformed: boolean,
): Dependencies {
  const carried = Object.entries(properties).map(([key, value]) => [key, dependenciesOf(value)] as const);
  if (transformed) {
    return {
      dependencies: [...new Set([...dependsOn, ...carried.flatMap(([, urns]) => urns)])],
      propertyDependencies: Object.fromEntries(carried.map(([key, urns]) => [key, [...urns]])),
    };
  }
  const propertyDependencies = { ...requested.propertyDependencies };
  for (const [key, urns] of carried) {
    propertyDependencies[key] = [...new Set([...(propertyDependencies[key] ?? []), ...urns])];
  }
  return { dependencies: requested.dependencies, propertyDependencies };
}
