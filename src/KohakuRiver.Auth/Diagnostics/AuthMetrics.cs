using System.Diagnostics.Metrics;

namespace KohakuRiver.Auth;

/// <summary>
/// The meter of one container and what is counted on it. Without a listener a measurement costs one field access and
/// allocates nothing; checking a credential allocates nothing even with a listener.
/// </summary>
/// <remarks>
/// The factory of the container owns the meter; without one the meter is this object's own. Either way the meter's scope tells two
/// hosts in one process apart.
/// </remarks>
internal sealed class AuthMetrics : IDisposable
{
    // A hash at the default cost takes about a fifth of a second.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly KeyValuePair<string, object?>[][] AuthenticationTags = MakeAuthenticationTags();

    private readonly Meter? own;
    private readonly Counter<long> logins;
    private readonly Counter<long> registrations;
    private readonly Counter<long> authentications;
    private readonly Counter<long> decided;
    private readonly Counter<long> attempts;
    private readonly Counter<long> unwritten;
    private readonly Histogram<double> hashing;
    private readonly Histogram<double> waiting;

    internal AuthMetrics(IMeterFactory? factory)
    {
        var options = new MeterOptions(KohakuAuthDiagnostics.Name) { Version = KohakuAuthDiagnostics.Version };
        if (factory is null)
        {
            options.Scope = this;
            own = new Meter(options);
        }

        Meter = own ?? factory!.Create(options);
        logins = Counter(Instruments.Logins);
        registrations = Counter(Instruments.Registrations);
        authentications = Counter(Instruments.Authentications);
        decided = Counter(Instruments.ApprovalsDecided);
        attempts = Counter(Instruments.DeliveryAttempts);
        unwritten = Counter(Instruments.AuditUnwritten);
        hashing = Histogram(Instruments.HashDuration);
        waiting = Histogram(Instruments.HashWait);
    }

    internal Meter Meter { get; }

    internal void LoginEnded(LoginOutcome end) => logins.Add(1, Instruments.LoginOutcome.Tag(end));

    internal void RegistrationEnded(RegistrationOutcome end) => registrations.Add(1, Instruments.RegistrationOutcome.Tag(end));

    internal void AuthenticationEnded(CredentialTag kind, CacheOutcome cache, AuthenticationOutcome end)
    {
        if (authentications.Enabled)
        {
            authentications.Add(1, AuthenticationTags[Index(kind, cache, end)]);
        }
    }

    internal void ApprovalDecided(ApprovalStatus status) => decided.Add(1, Tag(status));

    internal void DeliveryTried(ApprovalStatus status, DeliveryOutcome end) =>
        attempts.Add(1, Tag(status), Instruments.DeliveryOutcome.Tag(end));

    internal void AuditUnwritten(UnwrittenReason reason) => unwritten.Add(1, Instruments.Reason.Tag(reason));

    internal void Hashed(HashOperation operation, TimeSpan time) => hashing.Record(time.TotalSeconds, Instruments.Operation.Tag(operation));

    internal void Waited(TimeSpan time) => waiting.Record(time.TotalSeconds);

    /// <summary>
    /// A value read at each collection; <paramref name="observe"/> must neither block nor throw, and returns nothing where the value is
    /// unknown.
    /// </summary>
    internal ObservableInstrument<int> Count(InstrumentInfo what, Func<IEnumerable<Measurement<int>>> observe) =>
        Meter.CreateObservableUpDownCounter(what.Name, observe, what.Unit, what.Meaning);

    /// <summary>The same for values that cannot be added up.</summary>
    internal ObservableInstrument<double> Gauge(InstrumentInfo what, Func<IEnumerable<Measurement<double>>> observe) =>
        Meter.CreateObservableGauge(what.Name, observe, what.Unit, what.Meaning);

    public void Dispose() => own?.Dispose();

    private static KeyValuePair<string, object?> Tag(ApprovalStatus status) => new(Instruments.Status.Name, status.ToName());

    private static int Index(CredentialTag kind, CacheOutcome cache, AuthenticationOutcome end) =>
        ((((int)kind * Instruments.Cache.Values.Count) + (int)cache) * Instruments.AuthenticationOutcome.Values.Count) + (int)end;

    private static KeyValuePair<string, object?>[][] MakeAuthenticationTags() =>
    [
        .. from kind in Enum.GetValues<CredentialTag>()
           from cache in Enum.GetValues<CacheOutcome>()
           from end in Enum.GetValues<AuthenticationOutcome>()
           orderby Index(kind, cache, end)
           select new[] { Instruments.Credential.Tag(kind), Instruments.Cache.Tag(cache), Instruments.AuthenticationOutcome.Tag(end) },
    ];

    private Counter<long> Counter(InstrumentInfo what) => Meter.CreateCounter<long>(what.Name, what.Unit, what.Meaning);

    private Histogram<double> Histogram(InstrumentInfo what) =>
        Meter.CreateHistogram(what.Name, what.Unit, what.Meaning, tags: null, Seconds);
}
