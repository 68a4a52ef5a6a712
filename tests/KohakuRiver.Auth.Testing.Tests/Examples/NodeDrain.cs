namespace KohakuRiver.Auth.Testing.Tests.Examples;

// <snippet:policy>
/// <summary>A rule of the host's own: who may take a node out of service.</summary>
internal sealed class NodeDrain(IVpsDirectory instances)
{
    public static readonly Permission Permission = new("nodes.drain", Role.Operator, "Take nodes out of service");

    public async Task<Decision> DecideAsync(Actor actor, string node, CancellationToken cancellationToken)
    {
        var byRole = AccessRules.Decide(actor, Permission);
        if (!byRole.IsAllowed || actor.Role == Role.Admin)
        {
            return byRole;
        }

        var isInUse = (await instances.ListAsync(cancellationToken)).Any(vps => vps.Node == node && vps.Status == "running");
        return isInUse
            ? Decision.Refuse(new Refusal(RefusalKind.Conflict, "Instances are running there. An admin may drain it all the same."))
            : Decision.Allowed;
    }
}
// </snippet:policy>
