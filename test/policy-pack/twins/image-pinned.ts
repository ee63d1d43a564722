import type { Twin } from './twin.ts';

const DIGEST = `@sha256:${'a'.repeat(64)}`;
const IMAGE = { resource: 'engine', field: 'spec.template.spec.containers[0].image', mended: `node:24.1.0${DIGEST}` };

export const imagePinnedTwins: readonly Twin[] = [
  { ...IMAGE, title: 'an image without a digest', violating: 'node:24.1.0', says: 'Without a digest' },
  { ...IMAGE, title: 'an image with half a digest', violating: 'node:24.1.0@sha256:abc', says: 'no image reference' },
  { ...IMAGE, title: 'the tag latest', violating: 'node:latest', says: 'latest' },
  { ...IMAGE, title: 'the tag latest beside a digest', violating: `node:latest${DIGEST}`, says: 'latest' },
  {
    ...IMAGE,
    title: 'an image from another registry',
    violating: `ghcr.io/library/node:24.1.0${DIGEST}`,
    says: 'ghcr.io/library/node',
  },
  {
    ...IMAGE,
    title: "a user's image at Docker Hub",
    violating: `mallory/node:24.1.0${DIGEST}`,
    says: 'docker.io/mallory/node',
  },
  ...[
    'wedsync.azurecr.io.evil.com/engine',
    'docker.io.evil.com/library/node',
    'docker.io/library.evil.com/node',
    'docker.io/library-x/node',
    'wedsync.azurecr.io:5000/engine',
    'evil.com/wedsync.azurecr.io/engine',
  ].map((name) => ({
    ...IMAGE,
    title: `the look-alike ${name}`,
    violating: `${name}:1.0.0${DIGEST}`,
    says: 'nobody has approved',
  })),
  {
    ...IMAGE,
    title: 'an init container without a digest',
    field: 'spec.template.spec.initContainers[0].image',
    violating: 'wedsync.azurecr.io/cache-engine:1.4.0',
    mended: `wedsync.azurecr.io/cache-engine:1.4.0${DIGEST}`,
    says: 'init container wait',
  },
  {
    ...IMAGE,
    title: 'a CronJob without a digest',
    resource: 'redis-healing',
    field: 'spec.jobTemplate.spec.template.spec.containers[0].image',
    violating: 'node:24.1.0',
    says: 'CronJob redis/cache-healing',
  },
];
