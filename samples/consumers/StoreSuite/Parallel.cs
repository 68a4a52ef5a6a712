// <snippet:parallel>
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.All)]
// </snippet:parallel>
