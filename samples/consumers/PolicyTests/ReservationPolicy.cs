using KohakuRiver.Auth;

namespace PolicyTests;

// <snippet:policy>
/// <summary>A rule of the host's own: who may cancel a reservation of a node.</summary>
public static partial class ReservationPolicy
{
    public static readonly Permission CancelOthers = new("reservations.cancel", LowestRole, "Cancel reservations of others");

    public static Decision Cancel(Actor actor, long ownerId) =>
        actor.Id == ownerId ? Decision.Allowed : AccessRules.Decide(actor, CancelOthers);
}
// </snippet:policy>
