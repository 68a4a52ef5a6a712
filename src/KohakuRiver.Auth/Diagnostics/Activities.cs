using System.Diagnostics;

namespace KohakuRiver.Auth;

/// <summary>
/// The activity source and all its activities. Without a listener none is created. None carries a secret or a name; the user is identified
/// by id.
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

    private static readonly AttributeInfo Error = AttributeInfo.Any(ErrorType, "the type of the exception that ended it");

    internal static readonly ActivityInfo Login = new(
        Instruments.Prefix + "login", "A password login",
        Instruments.LoginOutcome, AttributeInfo.Any(UserId, "the account, once the password was right"), Error);

    internal static readonly ActivityInfo PasswordHash = new(
        Instruments.Prefix + "password_hash", "One password hashed or verified, from the moment a thread is free",
        Instruments.Operation, AttributeInfo.Any(Waited, "how long it waited for the thread, in seconds"), Error);

    internal static readonly ActivityInfo Delivery = new(
        Instruments.Prefix + "delivery", "An attempt to deliver a decision to the host's scheduler, whose own activities are inside",
        Instruments.Status, Instruments.DeliveryOutcome, AttributeInfo.Any(TaskId, "the task"),
        AttributeInfo.Any(Attempt, "the number of the attempt, from 1"), Error);

    internal static readonly ActivityInfo Prune = new(
        Instruments.Prefix + "prune", "A round that removes what has expired",
        AttributeInfo.Any(Removed, "how many rows of all kinds, and contents of approvals"), Error);

    internal static IReadOnlyList<ActivityInfo> All { get; } = [Login, PasswordHash, Delivery, Prune];

    /// <summary>Starts an activity; null where nobody listens.</summary>
    internal static Activity? Start(this ActivityInfo what) => Source.StartActivity(what.Name);

    /// <summary>
    /// Records the exception that ends an activity, by its type only: a message may contain confidential data. Always false, for
    /// exception filters, which see the exception where it was thrown and let it pass.
    /// </summary>
    internal static bool Fail(this Activity? activity, Exception exception)
    {
        activity?.SetTag(ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
        return false;
    }
}
