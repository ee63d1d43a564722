import type { JudgedResource } from '../resource.ts';
import type { Field } from '../values/field.ts';
import { titleOf } from './title.ts';
import { plainType } from './type.ts';

/** Machines of one kind on which a cluster runs, as many as its autoscaler likes between two numbers. */
export interface NodePool {
  readonly urn: string;
  readonly title: string;
  readonly least: Field;
  readonly most: Field;
}

/** The pools of workers that a resource of a cloud makes. */
export function nodePoolsOf(resource: JudgedResource): NodePool[] {
  const { urn, type, properties } = resource;
  const pool = (fields: Field, least: string, most: string): NodePool => ({
    urn,
    title: titleOf(resource),
    least: fields.at(least),
    most: fields.at(most),
  });
  switch (plainType(type)) {
    case 'aws:eks:NodeGroup':
      return [pool(properties.at('scalingConfig'), 'minSize', 'maxSize')];
    case 'azure-native:containerservice:AgentPool':
      return [pool(properties, 'minCount', 'maxCount')];
    case 'azure-native:containerservice:ManagedCluster':
      return properties
        .at('agentPoolProfiles')
        .items()
        .map((profile) => pool(profile, 'minCount', 'maxCount'));
    case 'gcp:container:NodePool':
      return [pool(properties.at('autoscaling'), 'totalMinNodeCount', 'totalMaxNodeCount')];
    default:
      return [];
  }
}
