namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The one row that holds the epoch of changes to principals. Triggers of the engine raise it in the transaction of the change, so that
/// no statement can forget to, including those typed by hand.
/// </summary>
internal sealed class ChangeEpochRow
{
    public int Id { get; set; }

    public long Value { get; set; }
}
