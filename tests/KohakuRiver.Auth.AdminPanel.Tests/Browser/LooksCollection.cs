using KohakuRiver.Tests.Browser;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>
/// The tests that look at every page, in a browser of their own: the rules of accessibility take a processor for minutes, beside which
/// the others need not wait.
/// </summary>
[CollectionDefinition("looks")]
public sealed class LooksCollection : ICollectionFixture<Chromium>;
