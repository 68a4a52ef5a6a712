namespace StoreSuite;

// <snippet:fault>
/// <summary>Lets so many accesses to the journal through, and fails all that come after them, until it is disposed of.</summary>
internal sealed class JournalFault : IDisposable
{
    private readonly Journal journal;

    public JournalFault(Journal journal, int accesses)
    {
        this.journal = journal;
        var left = accesses;
        journal.BeforeAccess = () =>
        {
            if (left-- <= 0)
            {
                throw new IOException("No space left on the device.");
            }
        };
    }

    public void Dispose() => journal.BeforeAccess = () => { };
}
// </snippet:fault>
