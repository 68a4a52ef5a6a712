using KohakuRiver.Tests.Browser;

namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>The tests that share the running app and the browser; they take turns.</summary>
[CollectionDefinition("existing app")]
public sealed class AppCollection : ICollectionFixture<AppHost>, ICollectionFixture<Chromium>;
