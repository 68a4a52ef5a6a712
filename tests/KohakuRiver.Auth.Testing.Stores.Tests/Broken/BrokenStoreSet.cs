using System.Collections.Concurrent;
using System.Reflection;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>A sound store set with single verbs replaced by broken ones.</summary>
internal class BrokenStoreSet(KohakuStoreSet real, ConcurrentDictionary<object, object> memory) : KohakuStoreSet
{
    private readonly Dictionary<(Type Store, string Verb, Type Result), Func<Call, object?>> broken = [];
    private readonly ConcurrentDictionary<Type, IKohakuStore> stores = new();

    /// <summary>The stores as they ought to be.</summary>
    public KohakuStoreSet Real => real;

    /// <summary>What the defect remembers, shared by all sets over one database.</summary>
    public ConcurrentDictionary<object, object> Memory => memory;

    public Func<CancellationToken, Task>? Initializing { get; set; }

    public override IUserStore Users => Wrap(real.Users);

    public override IAccountStore Accounts => Wrap(real.Accounts);

    public override ISessionStore Sessions => Wrap(real.Sessions);

    public override ITokenStore Tokens => Wrap(real.Tokens);

    public override IIdentityStore Identities => Wrap(real.Identities);

    public override IGroupStore Groups => Wrap(real.Groups);

    public override IInvitationStore Invitations => OtherInvitations ?? Wrap(real.Invitations);

    public override IApprovalStore Approvals => Wrap(real.Approvals);

    public override IVpsAssignmentStore VpsAssignments => Wrap(real.VpsAssignments);

    public override IAuditStore Audit => Wrap(real.Audit);

    public override ICodeStore Codes => Wrap(real.Codes);

    public override ISettingsStore Settings => Wrap(real.Settings);

    public override IThrottleStore Throttle => Wrap(real.Throttle);

    /// <summary>A store written elsewhere than the rest of the set; null for the set's own.</summary>
    public IInvitationStore? OtherInvitations { get; set; }

    /// <summary>Whether the set says that it has no epoch.</summary>
    public bool HidesEpoch { get; init; }

    /// <summary>Stands between the suite and the sound epoch; null leaves that as it is.</summary>
    public Func<IChangeEpoch, IChangeEpoch>? Epoch { get; set; }

    public override IChangeEpoch? Changes => HidesEpoch ? null : Epoch?.Invoke(real.Changes!) ?? real.Changes;

    public override Task InitializeAsync(CancellationToken cancellationToken) =>
        Initializing?.Invoke(cancellationToken) ?? real.InitializeAsync(cancellationToken);

    /// <summary>Replaces the overloads of a verb that give a <typeparamref name="TResult"/>.</summary>
    public void Break<TStore, TResult>(string verb, Func<Call, Task<TResult>> defect) =>
        broken[(typeof(TStore), verb, typeof(Task<TResult>))] = defect;

    /// <summary>Replaces a verb that gives nothing.</summary>
    public void Break<TStore>(string verb, Func<Call, Task> defect) => broken[(typeof(TStore), verb, typeof(Task))] = defect;

    /// <summary>Replaces a member that gives its result at once.</summary>
    public void BreakMember<TStore, TResult>(string member, Func<Call, TResult> defect) =>
        broken[(typeof(TStore), member, typeof(TResult))] = call => defect(call);

    private TStore Wrap<TStore>(TStore store)
        where TStore : class, IKohakuStore => (TStore)stores.GetOrAdd(typeof(TStore), _ =>
        {
            var proxy = DispatchProxy.Create<TStore, StoreProxy>();
            ((StoreProxy)(object)proxy).Handler = (method, args) =>
            {
                var call = new Call(method, store, args);
                return broken.TryGetValue((typeof(TStore), method.Name, method.ReturnType), out var defect) ? defect(call) : call.Real();
            };
            return proxy;
        });
}

/// <summary>One call of a verb.</summary>
internal sealed class Call(MethodInfo verb, object store, object?[] args)
{
    /// <summary>The first argument of this type.</summary>
    public T Arg<T>() => args.OfType<T>().First();

    /// <summary>The argument at this place; default when it is null.</summary>
    public T? ArgAt<T>(int index) => (T?)args[index];

    public CancellationToken Ct => Arg<CancellationToken>();

    /// <summary>The same call with the first argument of this type changed.</summary>
    public Call With<T>(Func<T, T> change) => WithAt(Array.FindIndex(args, a => a is T), change(Arg<T>()));

    public Call WithAt(int index, object? value)
    {
        var changed = args.ToArray();
        changed[index] = value;
        return new Call(verb, store, changed);
    }

    /// <summary>What the sound store does.</summary>
    public object? Real() => verb.Invoke(store, BindingFlags.DoNotWrapExceptions, null, args, null);

    public Task<T> RealAsync<T>() => (Task<T>)Real()!;
}

/// <summary>Hands every call of an interface to a handler.</summary>
public class StoreProxy : DispatchProxy
{
    internal Func<MethodInfo, object?[], object?> Handler { get; set; } = (_, _) => null;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Handler(targetMethod!, args ?? []);
}
