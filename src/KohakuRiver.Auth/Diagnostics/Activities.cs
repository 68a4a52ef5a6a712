using System.Diagnostics;

namespace KohakuRiver.Auth;

/// <summary>
/// The activity source and all its activities. Without a listener none is made. None carries a secret or a name; who it was about is told
/// by the user's id.
/// </summary>
internal static class Activities
{
    internal const string UserId = "enduser.id";
    internal const string ErrorType = "error.type";
    internal const string Waited = Instruments.Prefix + "password_hash.wait";
    internal const string TaskId = Instruments.Prefix + "task.id";
    internal const string Attempt = Instruments.Prefix + "delivery.attempt";
    internal const string Removed = Instruments.Prefix + "prune.removed";

    internal static readonly ActivitySource Source = new(KohakuAuthDiagnostics.Name, KohakuAuthDiagnostics.Version);

    private static readonly AttributeInfo Error = AttributeInfo.Any(ErrorType, "the exception, where one ended it");

    internal static readonly ActivityInfo Login = new(
        Instruments.Prefix + "login", "A password login",
        Instruments.LoginOutcome, AttributeInfo.Any(UserId, "the account, once the password was right"), Error);

    internal static readonly ActivityInfo PasswordHash = new(
        Instruments.Prefix + "password_hash", "One password hashed or verified, from the moment a thread is free",
        Instruments.Operation, AttributeInfo.Any(Waited, "how long it waited for the thread before, in seconds"), Error);

    internal static readonly ActivityInfo Delivery = new(
        Instruments.Prefix + "delivery", "A try to hand a decision over to the host's scheduler, whose own activities are inside",
        Instruments.Status, Instruments.DeliveryOutcome, AttributeInfo.Any(TaskId, "the task"),
        AttributeInfo.Any(Attempt, "which try it is, from 1"), Error);

    internal static readonly ActivityInfo Prune = new(
        Instruments.Prefix + "prune", "A round that removes what is past its time",
        AttributeInfo.Any(Removed, "how many rows of all kinds, and contents of approvals"), Error);

    internal static IReadOnlyList<ActivityInfo> All { get; } = [Login, PasswordHash, Delivery, Prune];

    /// <summary>Begins an activity; null where nobody listens.</summary>
    internal static Activity? Start(this ActivityInfo what) => Source.StartActivity(what.Name);

    /// <summary>
    /// Notes the exception that ends an activity, by its type alone: a message may hold what nobody should read. Always false, for
    /// exception filters, which see the exception where it was thrown and let it pass.
    /// </summary>
    internal static bool Fail(this Activity? activity, Exception exception)
    {
        activity?.SetTag(ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
        return false;
    }
}
