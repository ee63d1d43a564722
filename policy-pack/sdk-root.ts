/** What @pulumi/policy needs of the root of @pulumi/pulumi; see build.ts. */
export * as asset from '@pulumi/pulumi/asset/index.js';
export { Output } from '@pulumi/pulumi/output.js';
