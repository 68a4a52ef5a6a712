using System.Reflection;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace StoreSuite;

// <snippet:set>
/// <summary>
/// Stores that keep everything in a journal file. What the file says is held in memory; a changing verb runs there first, and is done
/// once its line is in the file.
/// </summary>
internal class JournalStoreSet(string path) : KohakuStoreSet
{
    private readonly Journal journal = new(path);
    private InMemoryStoreSet data = new();
    private long place;

    public override IUserStore Users => Wrap<IUserStore>(nameof(Users));

    public override IAccountStore Accounts => Wrap<IAccountStore>(nameof(Accounts));

    public override ISessionStore Sessions => Wrap<ISessionStore>(nameof(Sessions));

    public override ITokenStore Tokens => Wrap<ITokenStore>(nameof(Tokens));

    public override IGroupStore Groups => Wrap<IGroupStore>(nameof(Groups));

    public override IInvitationStore Invitations => Wrap<IInvitationStore>(nameof(Invitations));

    public override IApprovalStore Approvals => Wrap<IApprovalStore>(nameof(Approvals));

    public override IVpsAssignmentStore VpsAssignments => Wrap<IVpsAssignmentStore>(nameof(VpsAssignments));

    public override IAuditStore Audit => Wrap<IAuditStore>(nameof(Audit));

    public override ICodeStore Codes => Wrap<ICodeStore>(nameof(Codes));

    public override ISettingsStore Settings => Wrap<ISettingsStore>(nameof(Settings));

    public override IThrottleStore Throttle => Wrap<IThrottleStore>(nameof(Throttle));

    public override async Task InitializeAsync(CancellationToken ct) => await TakeTurnAsync(() => Task.FromResult(true), ct);
    // </snippet:set>

    /// <summary>Runs a verb when its turn comes, on data as the file has it now.</summary>
    internal async Task<T> RunAsync<T>(string store, MethodInfo verb, object?[] arguments) => await TakeTurnAsync(
        async () =>
        {
            var result = await (Task<T>)Call(store, verb, arguments);
            if (IsChange(verb))
            {
                var line = verb.GetParameters().SkipLast(1).Select((p, i) => Journal.Write(arguments[i], p.ParameterType));
                place = journal.Append(place, new Journal.Line(store, verb.ToString()!, [.. line]));
            }

            return result;
        },
        arguments.OfType<CancellationToken>().Single());

    /// <summary>What a verb that streams gives, as the file has it now.</summary>
    internal async IAsyncEnumerable<T> StreamAsync<T>(string store, MethodInfo verb, object?[] arguments)
    {
        var found = await TakeTurnAsync(() => Task.FromResult((IAsyncEnumerable<T>)Call(store, verb, arguments)), arguments.OfType<CancellationToken>().Single());
        await foreach (var item in found)
        {
            yield return item;
        }
    }

    /// <summary>The database that all stores of the set share.</summary>
    internal Journal Journal => journal;

    // The names of verbs say what they do.
    private static bool IsChange(MethodInfo verb) =>
        !((string[])["Find", "List", "Any", "Count", "Read", "Is"]).Any(verb.Name.StartsWith);

    private async Task<T> TakeTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await journal.Turn.WaitAsync(ct);
        try
        {
            await CatchUpAsync();
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is in memory may be ahead of the file now: the file counts.
            (data, place) = (new InMemoryStoreSet(), 0);
            throw new StoreUnavailableException("The journal cannot be read or written.", e);
        }
        finally
        {
            journal.Turn.Release();
        }
    }

    private async Task CatchUpAsync()
    {
        var (lines, next) = journal.Read(place);
        foreach (var line in lines)
        {
            var verb = data.All[line.Store].GetType().GetInterfaces().SelectMany(i => i.GetMethods()).First(m => m.ToString() == line.Verb);
            var arguments = verb.GetParameters().SkipLast(1).Select((p, i) => Journal.Read(line.Arguments[i], p.ParameterType));
            await (Task)Call(line.Store, verb, [.. arguments, CancellationToken.None]);
        }

        place = next;
    }

    private object Call(string store, MethodInfo verb, object?[] arguments) =>
        verb.Invoke(data.All[store], BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private TStore Wrap<TStore>(string name)
        where TStore : class => JournaledStore.Create<TStore>(this, name);
}
