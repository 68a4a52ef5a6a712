using System.Globalization;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// A host's VPS instances in memory, for tests: a directory that creates and deletes, refuses when told to, and fails when told to. Ids are
/// <c>vps-1</c>, <c>vps-2</c> and so on, none of them twice. Thread-safe.
/// </summary>
public sealed class InMemoryVps : IVpsDirectory, IVpsLifecycle
{
    private readonly Lock gate = new();
    private readonly List<VpsInfo> instances = [];
    private readonly List<VpsRequest> requests = [];
    private int last;

    /// <summary>The instances there are, oldest first.</summary>
    public IReadOnlyList<VpsInfo> Instances
    {
        get
        {
            lock (gate)
            {
                return [.. instances];
            }
        }
    }

    /// <summary>What was asked for, oldest first; refused and failed requests too.</summary>
    public IReadOnlyList<VpsRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    /// <summary>What it offers. Default: a node as text.</summary>
    public VpsOffer Offer { get; set; } = new() { Fields = VpsFields.Node };

    /// <summary>What it refuses creating and deleting with; null = it does both.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>What every call throws, as a host that is down; null = it answers.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What creating and deleting throw after they were done, as a host whose answer gets lost; null = it answers.</summary>
    public Exception? LostAnswer { get; set; }

    /// <summary>Adds an instance as if it had always been there.</summary>
    /// <exception cref="ArgumentException">There is one with this id.</exception>
    public void Add(VpsInfo instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        lock (gate)
        {
            if (instances.Exists(v => v.VpsId == instance.VpsId))
            {
                throw new ArgumentException($"There is a VPS {instance.VpsId} already.", nameof(instance));
            }

            instances.Add(instance);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) => AnswerAsync(() => Instances, null);

    /// <inheritdoc />
    public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
        AnswerAsync(() => instances.Find(v => v.VpsId == vpsId), null);

    /// <inheritdoc />
    public Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken) => AnswerAsync(() => Offer, null);

    /// <inheritdoc />
    public Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        return AnswerAsync<KohakuResult<VpsInfo>>(
            () =>
            {
                requests.Add(request);
                if (Refusal is { } refusal)
                {
                    return refusal;
                }

                var made = new VpsInfo(NextId(), request.Name ?? "", request.Node, "running") { Owner = actor.Username };
                instances.Add(made);
                return made;
            },
            LostAnswer);
    }

    /// <inheritdoc />
    public Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken) => AnswerAsync<KohakuResult>(
        () => Refusal is { } refusal ? refusal
            : instances.RemoveAll(v => v.VpsId == vpsId) > 0 ? KohakuResult.Success
            : Refusals.Hidden,
        LostAnswer);

    private string NextId()
    {
        string id;
        do
        {
            id = "vps-" + (++last).ToString(CultureInfo.InvariantCulture);
        }
        while (instances.Exists(v => v.VpsId == id));

        return id;
    }

    private Task<T> AnswerAsync<T>(Func<T> answer, Exception? lost)
    {
        lock (gate)
        {
            if (Fault is { } fault)
            {
                return Task.FromException<T>(fault);
            }

            var given = answer();
            return lost is null ? Task.FromResult(given) : Task.FromException<T>(lost);
        }
    }
}
