using System.Diagnostics;
using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>One import from the file to the report: reads, plans, writes.</summary>
internal sealed class ImportService(EfStoreSet stores, ImportedTokenGate gate, TimeProvider clock)
{
    internal const string ActivityName = "kohaku_river.auth.import";
    internal const string DryRunTag = "kohaku_river.auth.import.dry_run";

    /// <summary>The action in the audit log.</summary>
    internal const string AuditAction = "import.completed";

    // In each round another writer was faster with one of the same names; that many in a row indicate a fault.
    private const int Rounds = 5;

    private static readonly ActivitySource Activities =
        new(KohakuAuthDiagnostics.Name, typeof(ImportService).Assembly.GetName().Version?.ToString(3));

    private readonly ImportStore store = new(stores.Database);

    /// <summary>Imports, or reports what an import would do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options.</param>
    /// <param name="surroundings">What the host has.</param>
    /// <param name="cancellationToken">A cancelled import has happened entirely or not at all.</param>
    internal async Task<ImportReport> RunAsync(
        string path, ImportOptions options, ImportSurroundings surroundings, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity(ActivityName);
        activity?.SetTag(DryRunTag, options.DryRun);
        try
        {
            // The file is read first: an invalid file leaves the host's own database untouched.
            var source = await KohakuRiverFile.ReadAsync(path, options.TimeZone, surroundings.Tasks is not null, cancellationToken);
            var names = NamePlan.Make(source.Users, options.Renames);
            if (options.DryRun)
            {
                return await TryAsync(source, names, surroundings, cancellationToken);
            }

            await stores.InitializeAsync(cancellationToken);
            return await RunAsync(source, names, surroundings, cancellationToken);
        }
        catch (Exception e)
        {
            // Only its type: a message may contain confidential data.
            activity?.SetTag("error.type", e.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <summary>Imports what was read.</summary>
    internal async Task<ImportReport> RunAsync(
        ImportSource source, NamePlan names, ImportSurroundings surroundings, CancellationToken cancellationToken)
    {
        var keys = KeysOf(source, names);
        for (var round = 1; round <= Rounds; round++)
        {
            var now = clock.GetInstant();
            var state = await store.ReadAsync(keys, cancellationToken);
            var planner = new ImportPlanner(source, names, state, now, surroundings.KnownVps);
            var (plan, ledger) = planner.Make();
            if (plan.IsEmpty || await store.TryWriteAsync(plan, EntryOf(ledger, now), cancellationToken) == WriteStatus.Done)
            {
                gate.Forget();
                if (surroundings.Tasks is { } tasks)
                {
                    // Those just created have their ids now.
                    var users = (await store.ReadAsync(keys, cancellationToken)).Users;
                    var history = new TaskHistory(source.Tasks, source.Users, planner.Accounts, ledger);
                    await history.RunAsync(tasks, users, isDryRun: false, cancellationToken);
                }

                return ledger.ToReport(isDryRun: false, NotesOn(source));
            }
        }

        throw new StoreUnavailableException(
            "The import was aborted: other writers keep creating accounts, groups or tokens that it wants to create.");
    }

    private async Task<ImportReport> TryAsync(
        ImportSource source, NamePlan names, ImportSurroundings surroundings, CancellationToken cancellationToken)
    {
        var state = await store.ReadUntouchedAsync(KeysOf(source, names), cancellationToken);
        var planner = new ImportPlanner(source, names, state, clock.GetInstant(), surroundings.KnownVps);
        var (_, ledger) = planner.Make();
        if (surroundings.Tasks is { } tasks)
        {
            var history = new TaskHistory(source.Tasks, source.Users, planner.Accounts, ledger);
            await history.RunAsync(tasks, state.Users, isDryRun: true, cancellationToken);
        }

        return ledger.ToReport(isDryRun: true, NotesOn(source));
    }

    private static AuditEntry EntryOf(ImportLedger ledger, DateTimeOffset now) => new()
    {
        At = now,
        Actor = Actor.Host.Username,
        Credential = Actor.Host.CredentialName,
        Action = AuditAction,
        TargetType = "database",
        Target = "KohakuRiver",
        Detail = ledger.Summary(),
        OperationId = Guid.CreateVersion7(now),
    };

    private static ImportKeys KeysOf(ImportSource source, NamePlan names)
    {
        var former = FormerOf(source).ToList();
        var groups = source.Groups.Select(g => g.Name).OfType<string>().Where(n => FieldRules.GroupName(n) is null).ToList();
        var codes = CodesOf(source).Distinct().ToList();
        return new ImportKeys
        {
            Usernames = names.Names,
            GroupNames = groups,
            Tokens = [.. TokensOf(source).Distinct()],
            Invitations = codes,
            Marks =
            [
                .. names.Names.Select(ImportMark.OfUser)
                    .Concat(former.Select(ImportMark.OfFormerName))
                    .Concat(former.Select(ImportMark.OfFormerNameInAnyCase))
                    .Concat(groups.Select(ImportMark.OfGroup))
                    .Concat(codes.Select(ImportMark.OfInvitation))
                    .Distinct(),
            ],
        };
    }

    // Every name may be a former one: of an account that an earlier run renamed.
    private static IEnumerable<string> FormerOf(ImportSource source)
    {
        foreach (var user in source.Users)
        {
            if (FormerName.TryRead(user.Username, out var name))
            {
                yield return name;
            }
        }
    }

    private static IEnumerable<SecretHash> TokensOf(ImportSource source)
    {
        foreach (var token in source.Tokens)
        {
            if (ImportedToken.TryReadHash(token.Hash, out var hash))
            {
                yield return hash;
            }
        }
    }

    private static IEnumerable<SecretHash> CodesOf(ImportSource source)
    {
        foreach (var invitation in source.Invitations)
        {
            if (SecretText.TryParseForeignInvitation(invitation.Code, out var code))
            {
                yield return code.Hash();
            }
        }
    }

    private static List<string> NotesOn(ImportSource source)
    {
        var notes = new List<string>();
        if (source.Sessions > 0)
        {
            notes.Add($"Sessions are not imported ({source.Sessions}): everybody logs in again, with the same password.");
        }

        if (source.Tokens.Count > 0 && !ImportedToken.IsSupported)
        {
            notes.Add("This machine cannot compute SHA3-512 (it needs OpenSSL 1.1.1 or later, or Windows 11 24H2 or later): "
                + "imported tokens do not work on it.");
        }

        return notes;
    }
}
