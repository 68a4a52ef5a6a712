namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>Tests that take turns.</summary>
internal static class Collections
{
    /// <summary>
    /// Tests that write the same documents with <c>KOHAKU_UPDATE_DOCS=1</c>, or read what others write: side by side one would read half a
    /// file.
    /// </summary>
    internal const string Documents = "documents";
}
