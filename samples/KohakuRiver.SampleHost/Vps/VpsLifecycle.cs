using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Creates and deletes instances, for the panel and for this host's own calls.</summary>
internal sealed class VpsLifecycle(VpsStore instances, NodeStore nodes, LocalNode local, HostIds ids, TimeProvider clock) : IVpsLifecycle
{
    // <snippet:lifecycle>
    public async Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) => new()
    {
        Fields = VpsFields.Node,
        Nodes = [.. (await nodes.ListAsync(cancellationToken)).Select(n => n.Hostname)],
    };

    public async Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken)
    {
        var row = new VpsRow
        {
            Id = ids.Next(),
            Name = request.Name!,
            Node = request.Node ?? local.Hostname,
            Status = "running",
            OwnerUsername = actor.Username,
            CreatedAt = clock.GetInstant(),
        };
        await instances.AddAsync(row, cancellationToken);
        return VpsStore.Describe(row);
    }

    public async Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken) =>
        HostIds.TryRead(vpsId, out var id) && await instances.TryRemoveAsync(id, cancellationToken)
            ? KohakuResult.Success
            : Refusals.Hidden;
    // </snippet:lifecycle>
}
