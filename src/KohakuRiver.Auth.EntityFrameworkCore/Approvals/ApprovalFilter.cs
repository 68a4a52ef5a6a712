namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>The conditions of an <see cref="ApprovalQuery"/>.</summary>
internal static class ApprovalFilter
{
    /// <summary>All rows that match, in no order.</summary>
    public static IQueryable<ApprovalRow> Matching(AuthDbContext db, ApprovalQuery query)
    {
        IQueryable<ApprovalRow> matching = db.Approvals;
        if (query.Status is { } status)
        {
            matching = matching.Where(a => a.Status == status);
        }

        if (query.SubmitterId is { } submitter)
        {
            matching = matching.Where(a => a.SubmitterId == submitter);
        }

        if (query.Ids is { } ids)
        {
            matching = matching.Where(a => ids.Contains(a.Id));
        }

        if (query.WaitedAt is { } at)
        {
            matching = matching.Where(
                a => a.Status == ApprovalStatus.Pending || (a.DecidedAt > at && a.DecidedAt > a.SubmittedAt));
        }

        if (query.FirstId is { } first)
        {
            matching = matching.Where(a => a.Id >= first);
        }

        if (query.GroupId is { } group)
        {
            matching = matching.Where(a => db.Memberships.Any(m => m.GroupId == group && m.UserId == a.SubmitterId));
        }

        return Needing(matching, query);
    }

    private static IQueryable<ApprovalRow> Needing(IQueryable<ApprovalRow> matching, ApprovalQuery query)
    {
        if (query.Node is { } node)
        {
            matching = matching.Where(a => a.TargetNode == node);
        }

        if (query.AsksForGpus is { } asks)
        {
            matching = matching.Where(a => (a.RequiredGpus != ApprovalRow.NoGpus) == asks);
        }

        if (query.LeastCores is { } cores)
        {
            matching = matching.Where(a => a.RequiredCores >= cores);
        }

        if (query.LeastMemoryBytes is { } bytes)
        {
            matching = matching.Where(a => a.RequiredMemoryBytes >= bytes);
        }

        return matching;
    }
}
