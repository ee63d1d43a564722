/** The labels of a namespace in which Kubernetes admits only Pods under the Pod Security Standard `restricted`. */
export const NAMESPACE_LABELS = {
  'app.kubernetes.io/part-of': 'wedsync',
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/enforce-version': 'latest',
  'pod-security.kubernetes.io/warn': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
};
