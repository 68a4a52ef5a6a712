using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>What a lost write means to the actor behind it, in one place for all services.</summary>
internal static class WriteRefusals
{
    /// <summary>
    /// The refusal where the write was lost because of the actor: gone (401) or of a lower role now (403); null where it was not.
    /// </summary>
    internal static Refusal? OfActor(this WriteStatus status) => status switch
    {
        WriteStatus.ActorGone => Refusals.Unauthenticated,
        WriteStatus.ActorDemoted => Refusals.RoleTooLow,
        _ => null,
    };

    /// <summary>Done, or refused because of the actor, or with <paramref name="otherwise"/>.</summary>
    internal static KohakuResult ToOutcome(this WriteStatus status, Refusal otherwise) =>
        status == WriteStatus.Done ? KohakuResult.Success : status.OfActor() ?? otherwise;
}
