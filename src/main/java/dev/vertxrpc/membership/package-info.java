/**
 * Internal. Who is in the group, at which rank, and who is gone. The front class is {@link
 * dev.vertxrpc.membership.Membership}. It knows the cluster, which nothing else but the start-up does, and
 * links; it knows neither calls nor references.
 */
package dev.vertxrpc.membership;
