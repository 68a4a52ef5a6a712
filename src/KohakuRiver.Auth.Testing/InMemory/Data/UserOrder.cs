namespace KohakuRiver.Auth.Testing;

/// <summary>The order of a user list. A row's place is written as a cursor, so that rows and cursors compare alike.</summary>
internal sealed class UserOrder(UserQuery query) : IComparer<PageCursor>
{
    internal PageCursor PlaceOf(User user) => new()
    {
        Order = query.OrderName,
        Text = query.Sort == UserSort.Username ? user.Username : null,
        Number = query.Sort switch
        {
            UserSort.Username => null,
            UserSort.Role => (long)user.Role,
            UserSort.LastLogin => user.LastLoginAt is { } login ? Instants.ToMicroseconds(login) : null,
            _ => Instants.ToMicroseconds(user.CreatedAt),
        },
        Id = user.Id,
    };

    /// <summary>Empty values are the lowest, so that they come first ascending and last descending.</summary>
    public int Compare(PageCursor? x, PageCursor? y)
    {
        var up = Nullable.Compare(x!.Number, y!.Number);
        up = up != 0 ? up : StringComparer.OrdinalIgnoreCase.Compare(x.Text, y.Text);
        up = up != 0 ? up : x.Id.CompareTo(y.Id);
        return query.Descending ? -up : up;
    }
}
