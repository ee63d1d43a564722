/**
 * The Pod Security Standard `restricted`, level `latest`, as tables.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */

/** What a Pod may not share with its host, as fields of its spec. */
export const HOST_SHARING = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** Kinds of volumes that hold no part of the host. */
export const ALLOWED_VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const ALLOWED_SECCOMP: readonly string[] = ['RuntimeDefault', 'Localhost'];
export const ALLOWED_APPARMOR: readonly string[] = ['RuntimeDefault', 'Localhost'];
export const ALLOWED_SELINUX_TYPES: readonly string[] = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

/** The one capability that a container may add. */
export const ALLOWED_CAPABILITY = 'NET_BIND_SERVICE';

/** Kernel parameters that are kept apart for each Pod. */
export const ALLOWED_SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];

/** The label by which a namespace admits only Pods under a standard, and the standard that ours demand. */
export const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce';
export const STANDARD = 'restricted';
