namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

[CollectionDefinition(SharedPair.Name)]
public sealed class SharedPairTests : ICollectionFixture<SharedPair>;
