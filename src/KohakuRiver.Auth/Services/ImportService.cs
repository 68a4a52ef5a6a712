using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Takes over the accounts of a KohakuRiver database, with groups, tokens, invitations and VPS assignments, in one transaction. Nothing that is
/// there is changed, so that running it again changes nothing; what has been deleted since an earlier run does not come back.
/// For operators of the host, not for callers of its API: it asks for no actor.
/// </summary>
public sealed class ImportService
{
    // Each round somebody else was quicker with one of the same names; that many times in a row means a fault.
    private const int Rounds = 5;

    private readonly IImportStore imports;
    private readonly ImportedTokenGate gate;
    private readonly TimeProvider clock;

    internal ImportService(IImportStore imports, ImportedTokenGate gate, TimeProvider clock)
    {
        this.imports = imports;
        this.gate = gate;
        this.clock = clock;
    }

    /// <summary>Imports, or with <paramref name="dryRun"/> says what importing would do.</summary>
    /// <param name="source">What the old database holds.</param>
    /// <param name="dryRun">Whether to write nothing.</param>
    /// <param name="ct">Cancels; a cancelled import may have happened, wholly.</param>
    /// <exception cref="StoreUnavailableException">The database does not answer, or others keep making the same accounts. Nothing was imported.</exception>
    public async Task<ImportReport> RunAsync(ImportSource source, bool dryRun, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var activity = Activities.Import.Start();
        activity?.SetTag(Activities.DryRun, dryRun);
        try
        {
            return await TryRunAsync(source, dryRun, ct);
        }
        catch (Exception e) when (activity.Fail(e))
        {
            throw;
        }
    }

    private async Task<ImportReport> TryRunAsync(ImportSource source, bool dryRun, CancellationToken ct)
    {
        var keys = KeysOf(source);
        for (var round = 1; round <= Rounds; round++)
        {
            var now = clock.GetInstant();
            var (plan, ledger) = new ImportPlanner(source, await imports.ReadAsync(keys, ct), now).Make();
            if (!dryRun && !plan.IsEmpty)
            {
                var entry = AuditEntries.By(Actor.Host, now, AuditActions.ImportCompleted)
                    .On("database", (string?)null, "KohakuRiver").With(ledger.Summary());
                if (await imports.TryImportAsync(plan, AuthorizedWrite.WithoutCredential(entry), ct) != WriteStatus.Done)
                {
                    continue;
                }

                gate.Forget();
            }

            return ledger.ToReport(dryRun, NotesOn(source));
        }

        throw new StoreUnavailableException("The import was given up: other writers keep making accounts, groups or tokens that it is to make.");
    }

    private static ImportKeys KeysOf(ImportSource source) => new()
    {
        Usernames = [.. source.Users.Select(u => u.Username).OfType<string>().Where(n => FieldRules.Username(n) is null)],
        GroupNames = [.. source.Groups.Select(g => g.Name).OfType<string>().Where(n => FieldRules.GroupName(n) is null)],
        Tokens = [.. source.Tokens.Where(t => ImportedToken.TryReadHash(t.Hash, out _)).Select(t => HashOf(t.Hash)).Distinct()],
        Invitations = [.. CodesOf(source).Distinct()],
        Marks =
        [
            .. source.Users.Select(u => u.Username).OfType<string>().Where(n => FieldRules.Username(n) is null).Select(ImportMark.OfUser)
                .Concat(source.Groups.Select(g => g.Name).OfType<string>().Where(n => FieldRules.GroupName(n) is null).Select(ImportMark.OfGroup))
                .Concat(CodesOf(source).Select(ImportMark.OfInvitation))
                .Distinct(),
        ],
    };

    private static SecretHash HashOf(string? digits) => ImportedToken.TryReadHash(digits, out var hash) ? hash : default;

    private static IEnumerable<SecretHash> CodesOf(ImportSource source)
    {
        foreach (var invitation in source.Invitations)
        {
            if (SecretText.TryParseImportedInvitation(invitation.Code, out var code))
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
            notes.Add($"Sessions are not imported ({source.Sessions}): everybody logs in anew, with the same password.");
        }

        if (source.Tokens.Count > 0 && !ImportedToken.IsSupported)
        {
            notes.Add("This machine cannot compute SHA3-512 (it needs OpenSSL 1.1.1 or later, or Windows 11 24H2 or later): imported tokens do not work on it.");
        }

        return notes;
    }
}
