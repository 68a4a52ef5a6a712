namespace KohakuRiver.Auth;

/// <summary>The rules of tasks and their approval, pure like <see cref="AccessRules"/>.</summary>
public static class TaskRules
{
    /// <summary>Whether the actor may submit tasks at all.</summary>
    public static Decision Submit(Actor actor) => AccessRules.Decide(actor, Permissions.SubmitTasks);

    /// <summary>
    /// Whether a submission by this actor waits for a decision. People with an account wait when their role is
    /// listed; the master secret, switched-off authentication and the host never do.
    /// </summary>
    public static bool NeedsApproval(Actor actor, IReadOnlyCollection<Role> approvalRequiredRoles) =>
        actor.Id is not null && approvalRequiredRoles.Contains(actor.Role);

    /// <summary>
    /// Approving or rejecting: <em>approve tasks</em>, only what is pending, and nobody their own — except
    /// where their submission would be approved at once now.
    /// </summary>
    public static Decision DecideApproval(Actor actor, Approval approval, IReadOnlyCollection<Role> approvalRequiredRoles)
    {
        var may = AccessRules.Decide(actor, Permissions.ApproveTasks);
        if (!may.IsAllowed)
        {
            return may;
        }

        if (approval.Status != ApprovalStatus.Pending)
        {
            return Decision.Refuse(Refusals.AlreadyDecided);
        }

        return IsSubmitter(actor, approval) && NeedsApproval(actor, approvalRequiredRoles)
            ? Decision.Refuse(Refusals.OwnSubmission)
            : Decision.Allowed;
    }

    /// <summary>Withdrawing: the submitter, while pending. Another's is hidden.</summary>
    public static Decision Withdraw(Actor actor, Approval approval)
    {
        var known = AccessRules.RequireRole(actor, Role.Viewer);
        if (!known.IsAllowed)
        {
            return known;
        }

        if (!IsSubmitter(actor, approval))
        {
            return Decision.Refuse(Refusals.Hidden);
        }

        return approval.Status == ApprovalStatus.Pending ? Decision.Allowed : Decision.Refuse(Refusals.AlreadyDecided);
    }

    /// <summary>
    /// Whether the actor sees command, arguments, environment, output and reason of a task. Everybody who may
    /// view tasks sees that it exists.
    /// </summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="ownerId">The submitter's id; null when it has no account (any more), and then nobody below operator owns it.</param>
    public static bool SeesContent(Actor actor, long? ownerId) =>
        AccessRules.Decide(actor, Permissions.ApproveTasks).IsAllowed
        || (actor.Id is not null && actor.Id == ownerId && AccessRules.Decide(actor, Permissions.ViewTasks).IsAllowed);

    /// <summary>
    /// Stopping a task: its submitter while allowed to submit, or <em>approve tasks</em>. Others may not (they know it exists).
    /// </summary>
    public static Decision Kill(Actor actor, long? ownerId)
    {
        var view = AccessRules.Decide(actor, Permissions.ViewTasks);
        if (!view.IsAllowed)
        {
            return view;
        }

        var own = actor.Id is not null && actor.Id == ownerId && Submit(actor).IsAllowed;
        return own || AccessRules.Decide(actor, Permissions.ApproveTasks).IsAllowed
            ? Decision.Allowed
            : Decision.Refuse(Refusals.RoleTooLow);
    }

    private static bool IsSubmitter(Actor actor, Approval approval) =>
        actor.Id is not null && approval.SubmitterId == actor.Id;
}
