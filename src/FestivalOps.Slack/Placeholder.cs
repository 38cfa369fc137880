namespace FestivalOps.Slack { internal static class Placeholder; }
namespace FestivalOps.Slack.Blocks { internal static class Placeholder; }
namespace FestivalOps.Slack.Events { internal static class Placeholder; }
namespace FestivalOps.Slack.Interaction { internal static class Placeholder; }
namespace FestivalOps.Slack.WebApi { internal static class Placeholder; }
