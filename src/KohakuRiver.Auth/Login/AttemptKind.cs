namespace KohakuRiver.Auth;

/// <summary>A kind of attempt that <see cref="AttemptThrottle"/> limits, each in its own buckets.</summary>
internal sealed class AttemptKind
{
    private const string TooManyFailures = "Too many failed attempts from your address. Wait a moment and try again.";

    private readonly Func<ThrottlingOptions, int> limit;
    private readonly string unit;

    private AttemptKind(string bucket, Func<ThrottlingOptions, int> limit, string unit, string message)
    {
        Bucket = bucket;
        this.limit = limit;
        this.unit = unit;
        Message = message;
    }

    /// <summary>Wrong passwords. Counted before they are checked; right ones are given back.</summary>
    internal static AttemptKind FailedLogin { get; } = new("login", o => o.LoginFailuresPerMinute, "failures a minute", TooManyFailures);

    /// <summary>Right passwords, and new ones hashed for a registration or reset: each costs a hash.</summary>
    internal static AttemptKind Login { get; } = new(
        "logins", o => o.LoginsPerMinute, "a minute", "Too many logins from your address. Wait a moment and try again.");

    /// <summary>Unknown codes and wrong register secrets.</summary>
    internal static AttemptKind Code { get; } = new("code", o => o.CodeFailuresPerMinute, "failures a minute", TooManyFailures);

    /// <summary>Wrong master secrets.</summary>
    internal static AttemptKind MasterSecret { get; } = new(
        "master", o => o.MasterSecretFailuresPerMinute, "failures a minute", TooManyFailures)
    {
        IsFinal = true,
    };

    /// <summary>Registrations without a code, per hour.</summary>
    internal static AttemptKind OpenRegistration { get; } = new(
        "register", o => o.OpenRegistrationsPerHour, "an hour", "Too many registrations from your address. Try again later.")
    {
        Window = TimeSpan.FromHours(1),
    };

    /// <summary>The name of the buckets.</summary>
    internal string Bucket { get; }

    /// <summary>The length of one time window.</summary>
    internal TimeSpan Window { get; private init; } = TimeSpan.FromMinutes(1);

    /// <summary>The message for callers beyond the limit.</summary>
    internal string Message { get; }

    /// <summary>Attempts are never given back: a used-up bucket stays so until the window ends.</summary>
    internal bool IsFinal { get; private init; }

    /// <summary>The number of attempts per window.</summary>
    internal int LimitOf(ThrottlingOptions options) => limit(options);

    /// <summary>For the audit log.</summary>
    internal string Describe(ThrottlingOptions options) => $"more than {LimitOf(options)} {unit}: {Bucket}";
}
